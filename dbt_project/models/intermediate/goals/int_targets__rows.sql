-- Every staged target with its fate; of several versions of one target the newest counts.
{% set rules = target_rules() %}
with staged as (
    {{ union_sources('targets') }}
),

versioned as (
    select
        *,
        row_number() over (partition by source, target_id order by _load_id desc, _row desc) as version_no
    from staged
),

judged as (
    select
        *,
        case
            when target_id is not null and version_no > 1 then 'superseded'
            when {{ is_refused(rules) }} then 'refused'
            else 'kept'
        end as fate
    from versioned
)

select * from judged
