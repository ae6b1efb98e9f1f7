select grain, period_start, comparison, kpi, value, base_value, is_comparable
from comparisons
where dimension = 'total'
order by grain, period_start, comparison, kpi
