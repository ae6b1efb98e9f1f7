-- only what the totals don't say: running periods beside the same days, KPIs that mature at the same age
select grain, period_start, comparison, kpi, value, base_value, is_comparable
from kpi_comparison_bases
where dimension = 'total'
order by grain, period_start, comparison, kpi
