-- revenue only: its channels sum to the total, those of a ratio don't
select
    grain, period_start, comparison, channel, sum(contribution) as change,
    coalesce(sum(contribution) filter (where owner = 'marketing'), 0) as marketing,
    coalesce(sum(contribution) filter (where owner = 'sales'), 0) as sales,
    coalesce(sum(contribution) filter (where owner = 'nobody'), 0) as nobody
from kpi_bridge
where kpi = 'revenue' and dimension = 'channel'
group by grain, period_start, comparison, channel
order by grain, period_start, comparison, change desc, channel
