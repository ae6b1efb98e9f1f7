with refused_rows as (
    select * from {{ ref('int_daily_results__judged') }} where is_refused
),

reasons as (
    {{ refusals('daily_results', 'refused_rows', daily_results_refusal_rules()) }}
)

select * from reasons
