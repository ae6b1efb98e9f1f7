select
    grain, period_start, channel, reason, is_disqualified, sum(leads) as leads, sum(acquisition_cost) as cost
from lead_quality
group by grain, period_start, channel, reason, is_disqualified
order by grain, period_start, reason, channel
