with refused_rows as (
    select * from {{ ref('int_marketing_costs__judged') }} where is_refused
),

reasons as (
    {{ refusals('marketing_costs', 'refused_rows', marketing_costs_refusal_rules()) }}
)

select * from reasons
