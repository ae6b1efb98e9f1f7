-- the running periods beside the same days of their bases (`running`: see prepared/comparisons)
select found.grain, found.period_start, found.comparison, found.dimension, found.member, found.value, found.base_value
from kpi_comparison as found
inner join kpi_comparison_periods as periods using (grain, period_start, comparison)
where
    not periods.is_complete
    and list_contains(getvariable('running'), found.period_start)
    and found.kpi = 'revenue' and found.dimension <> 'total'
order by found.grain, found.comparison, found.dimension, found.member
