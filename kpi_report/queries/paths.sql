-- the paths with most won deals, and those that most journeys went without one
with ranked as (
    select
        *,
        row_number() over (order by won_deals desc, revenue desc, path) as won_rank,
        row_number() over (partition by won_deals = 0 order by lost_journeys desc, path) as lost_rank
    from attribution_paths
)

select path, steps, journeys, won_deals, lost_journeys, revenue, median_days_to_win
from ranked
where (won_deals > 0 and won_rank <= 12) or (won_deals = 0 and lost_rank <= 8)
order by won_deals desc, revenue desc, lost_journeys desc, path
