select
    dimension, channel as member, kpi, grain, period_start, comparison, base_period_start, factor, owner, kpi_before,
    kpi_after, contribution
from kpi_bridge
where dimension = 'channel'
order by channel, kpi, grain, period_start, comparison, step, factor
