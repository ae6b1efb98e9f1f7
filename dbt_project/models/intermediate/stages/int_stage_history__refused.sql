with refused_rows as (
    select * from {{ ref('int_stage_history__rows') }} where fate = 'refused'
),

reasons as (
    {{ refusals('stage_history', 'refused_rows', refusal_rules('stage_history')) }}
)

select * from reasons
