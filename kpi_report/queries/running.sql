-- up to which day a running period and its base are compared
select grain, period_start, comparison, base_period_start, last_day, base_last_day, days_compared
from kpi_comparison_periods
where not is_complete
order by grain, period_start, comparison
