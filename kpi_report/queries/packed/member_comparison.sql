-- the value only where it is not the period's own
select
    dimension, member, kpi, comparison, grain, period_start, is_comparable,
    case when not is_complete then value end as value, base_value
from comparisons
where dimension <> 'total'
order by dimension, member, kpi, comparison, grain, period_start
