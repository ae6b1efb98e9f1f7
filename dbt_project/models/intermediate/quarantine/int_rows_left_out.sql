-- Landed rows that the models refused or that a newer version of the same key replaced, each once.
with refused as (
    select distinct
        entity,
        source,
        table_name,
        file,
        line,
        'refused' as fate
    from {{ ref('int_quarantine') }}
    where line is not null
),

landing_refused as (
    select
        table_name,
        file,
        line
    from {{ source('landing', 'refused_rows') }}
),

replaced as (
    {%- for entity in [
        'leads', 'deals', 'deal_lines', 'refunds', 'stage_history', 'attributes', 'touches', 'targets', 'measurements',
    ] %}
    select
        {%- if entity == 'attributes' %}
        entity,
        {%- else %}
        '{{ entity }}' as entity,
        {%- endif %}
        source,
        _file as file,
        cast(_row as bigint) as line
    from {{ ref('int_' ~ entity ~ '__rows') }}
    where {{ 'is_superseded' if entity == 'deals' else "fate = 'superseded'" }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

left_out as (
    select
        refused.entity,
        refused.source,
        refused.file,
        refused.line,
        refused.fate
    from refused
    left join landing_refused
        on
            refused.table_name = landing_refused.table_name
            and refused.file = landing_refused.file and refused.line = landing_refused.line
    where landing_refused.file is null
    union
    select
        entity,
        source,
        file,
        line,
        'replaced' as fate
    from replaced
)

select * from left_out
