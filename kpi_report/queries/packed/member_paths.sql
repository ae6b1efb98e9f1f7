-- the paths that a channel is part of: those with most won deals, and those that most journeys went without one
with steps as (
    select distinct path, unnest(string_split(path, ' > ')) as channel
    from attribution_paths
),

ranked as (
    select
        paths.*, steps.channel,
        row_number() over (
            partition by steps.channel order by paths.won_deals desc, paths.revenue desc, paths.path
        ) as won_rank,
        row_number() over (
            partition by steps.channel, paths.won_deals = 0 order by paths.lost_journeys desc, paths.path
        ) as lost_rank
    from attribution_paths as paths
    inner join steps using (path)
)

select
    'channel' as dimension, channel as member, path, steps, journeys, won_deals, lost_journeys, revenue,
    median_days_to_win
from ranked
where (won_deals > 0 and won_rank <= 12) or (won_deals = 0 and lost_rank <= 8)
order by channel, won_deals desc, revenue desc, lost_journeys desc, path
