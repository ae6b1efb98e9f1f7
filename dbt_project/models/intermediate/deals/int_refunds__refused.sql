with refused_rows as (
    select * from {{ ref('int_refunds__rows') }} where fate = 'refused'
),

reasons as (
    {{ refusals('refunds', 'refused_rows', refusal_rules('refunds')) }}
)

select * from reasons
