select
    count(*) as paths, coalesce(sum(journeys), 0) as journeys, coalesce(sum(won_deals), 0) as won_deals,
    coalesce(sum(revenue), 0) as revenue, coalesce(sum(steps * won_deals), 0) as won_steps,
    coalesce(sum(won_deals) filter (where steps > 1), 0) as won_over_several
from attribution_paths
