with refused_rows as (
    select * from {{ ref('int_ad_spend__judged') }} where is_refused
),

reasons as (
    {{ refusals('ad_spend', 'refused_rows', ad_spend_refusal_rules()) }}
)

select * from reasons
