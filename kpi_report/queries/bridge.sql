select
    kpi, grain, period_start, comparison, base_period_start, factor, owner, kpi_before, kpi_after, contribution
from kpi_bridge
where dimension = 'total'
order by kpi, grain, period_start, comparison, step, factor
