with refused_rows as (
    select * from {{ ref('int_deals__dated') }} where fate = 'refused'
),

reasons as (
    {{ refusals('deals', 'refused_rows', refusal_rules('deals')) }}
)

select * from reasons
