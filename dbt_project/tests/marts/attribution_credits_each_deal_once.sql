-- Every won deal that counts has, under each model, credits that sum to exactly 1 and money that sums to its own; the
-- channel totals of markov and shapley sum to all of them.
with deals as (
    select
        deal_key,
        coalesce(amount, 0) as amount
    from {{ ref('int_deals') }}
    where counts_won
),

attribution as (
    select * from {{ ref('fct_attribution') }}
),

models as (
    select distinct
        model,
        credit_level
    from attribution
),

per_deal as (
    select
        deals.deal_key,
        models.model,
        deals.amount - coalesce(sum(attribution.revenue), 0) as revenue_missing,
        1 - coalesce(sum(attribution.credit), 0) as credit_missing
    from deals
    inner join models on models.credit_level = 'deal'
    left join attribution on deals.deal_key = attribution.deal_key and models.model = attribution.model
    group by deals.deal_key, models.model, deals.amount
),

all_deals as (
    select
        count(*) as deals,
        coalesce(sum(amount), 0) as amount
    from deals
),

history as (
    select
        cast(null as varchar) as deal_key,
        attribution.model,
        max(all_deals.amount) - sum(attribution.revenue) as revenue_missing,
        max(all_deals.deals) - sum(attribution.credit) as credit_missing
    from attribution
    cross join all_deals
    where attribution.credit_level = 'history'
    group by attribution.model
),

sums as (
    select * from per_deal
    union all
    select * from history
)

select * from sums where revenue_missing <> 0 or credit_missing <> 0
