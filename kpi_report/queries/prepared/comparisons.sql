-- of the company, its channels and representatives only what their own figures don't say: running periods beside the
-- same days, KPIs that mature at the same age. The view gives a row for each KPI of each period, and is told what is
-- wanted by constants that it can be asked for: by a join it would give them all
set variable running = (
    select coalesce(list(distinct period_start), []) from kpi_comparison_periods where not is_complete
);
set variable maturing = (select coalesce(list(kpi), []) from dim_kpi where matures);
create or replace temp table comparisons as
select
    comparison.dimension, comparison.member, comparison.kpi, comparison.comparison, comparison.grain,
    comparison.period_start, comparison.is_comparable, comparison.value, comparison.base_value, periods.is_complete
from kpi_comparison as comparison
inner join kpi_comparison_periods as periods using (grain, period_start, comparison)
inner join dim_kpi as kpis using (kpi)
where
    comparison.dimension in ('total', 'channel', 'sales_rep')
    and (
        list_contains(getvariable('maturing'), comparison.kpi)
        or list_contains(getvariable('running'), comparison.period_start)
    )
    and (kpis.matures or not periods.is_complete)
