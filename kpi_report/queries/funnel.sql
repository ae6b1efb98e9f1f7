select grain, period_start, channel, stage, entered, converted, share, median_days
from funnel_cohorts
where dimension in ('total', 'channel')
order by grain, period_start, channel nulls first, stage_rank
