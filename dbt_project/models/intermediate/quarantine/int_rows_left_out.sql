-- Landed rows that the models refused or that a newer version of the same key replaced, each once: one raw row may
-- stand behind several entities.
with left_out as (
    select
        load_id,
        line,
        'refused' as fate
    from {{ ref('int_quarantine') }}
    where load_id is not null
    {%- for entity in [
        'leads', 'deals', 'deal_lines', 'refunds', 'stage_history', 'attributes', 'touches', 'targets', 'measurements',
    ] %}
    union all
    select
        cast(_load_id as bigint) as load_id,
        cast(_row as bigint) as line,
        'replaced' as fate
    from {{ ref('int_' ~ entity ~ ('__dated' if entity == 'deals' else '__rows')) }}
    where fate = 'superseded'
    {%- endfor %}
),

-- what landing refused is no landed row
refused_by_landing as (
    select distinct load_id, line from {{ source('landing', 'refused_rows') }}
),

one_each as (
    select
        left_out.load_id,
        left_out.line,
        min(left_out.fate) as fate
    from left_out
    left join refused_by_landing
        on left_out.load_id = refused_by_landing.load_id and left_out.line = refused_by_landing.line
    where refused_by_landing.load_id is null
    group by left_out.load_id, left_out.line
)

select * from one_each
