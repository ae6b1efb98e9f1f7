with refused_rows as (
    select * from {{ ref('int_deal_lines__rows') }} where fate = 'refused'
),

reasons as (
    {{ refusals('deal_lines', 'refused_rows', refusal_rules('deal_lines')) }}
)

select * from reasons
