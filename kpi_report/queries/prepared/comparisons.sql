-- of the company, its channels and representatives only what their own figures don't say: running periods beside the
-- same days, KPIs that mature at the same age
create or replace temp table comparisons as
select
    comparison.dimension, comparison.member, comparison.kpi, comparison.comparison, comparison.grain,
    comparison.period_start, comparison.is_comparable, comparison.value, comparison.base_value, periods.is_complete
from kpi_comparison as comparison
inner join kpi_comparison_periods as periods using (grain, period_start, comparison)
inner join dim_kpi as kpis using (kpi)
where
    comparison.dimension in ('total', 'channel', 'sales_rep') and (kpis.matures or not periods.is_complete)
