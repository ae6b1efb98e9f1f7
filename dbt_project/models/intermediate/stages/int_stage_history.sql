with kept as (
    select * from {{ ref('int_stage_history__rows') }} where fate = 'kept'
),

stages as (
    select * from {{ ref('int_stage_meanings') }}
),

meant as (
    select
        kept.entity,
        {{ record_key('kept', 'entity_id') }} as entity_key,
        kept.source,
        kept.entered_at,
        kept.entered_at_is_date,
        kept.entered_date,
        kept.stage,
        stages.meaning,
        kept._file,
        kept._row
    from kept
    {{ join_links('kept', 'kept.entity', 'entity_id') }}
    left join stages on lower(kept.stage) = stages.stage_lower
)

select * from meant
