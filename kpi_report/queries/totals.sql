-- days are left out: the report compares weeks and longer
select *
from kpi_total
where grain <> 'day'
order by grain, period_start
