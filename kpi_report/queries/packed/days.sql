-- what KPIs are divided from, day by day: any range of days is a sum of these, and a ratio of such sums
-- (`measures`: see document.py)
select
    dimension, member, period_start,
    cast(columns(lambda name: list_contains(getvariable('measures'), name)) as double)
from kpi_sums
where grain = 'day' and dimension in ('total', 'channel', 'sales_rep')
order by dimension, member, period_start
