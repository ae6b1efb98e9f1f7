-- money spent on campaigns that no lead names, beside all spend
with unmatched as (
    select coalesce(sum(spend), 0) as money, count(distinct channel || ' / ' || campaign) as campaigns
    from _meta.unmatched_spend
),

spent as (
    select sum(ad_spend) as of_all from kpi_total where grain = 'year'
)

select unmatched.money, unmatched.campaigns, unmatched.money / nullif(spent.of_all, 0) as share
from unmatched
cross join spent
