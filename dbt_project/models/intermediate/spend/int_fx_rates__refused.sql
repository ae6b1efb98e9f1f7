with refused_rows as (
    select * from {{ ref('int_fx_rates__rows') }} where is_refused
),

reasons as (
    {{ refusals('fx_rates', 'refused_rows', fx_rates_refusal_rules()) }}
)

select * from reasons
