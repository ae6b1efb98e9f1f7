-- what KPIs are divided from, day by day: any range of days is a sum of these, and a ratio of such sums
select
    dimension, member, period_start,
    cast(columns(* exclude (dimension, member, grain, period_start, is_complete)) as double)
from kpi_sums
where grain = 'day' and dimension in ('total', 'channel', 'sales_rep')
order by dimension, member, period_start
