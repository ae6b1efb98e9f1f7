-- only what the totals don't say: running periods beside the same days, KPIs that mature at the same age
select
    comparison.grain, comparison.period_start, comparison.comparison, comparison.kpi, comparison.value,
    comparison.base_value, comparison.is_comparable
from kpi_comparison as comparison
inner join kpi_comparison_periods as periods using (grain, period_start, comparison)
inner join dim_kpi as kpis using (kpi)
where comparison.dimension = 'total' and (kpis.matures or not periods.is_complete)
order by comparison.grain, comparison.period_start, comparison.comparison, comparison.kpi
