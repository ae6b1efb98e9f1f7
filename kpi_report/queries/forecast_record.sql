-- its own record: what was forecast one, two and three months before, and what came
select kpi, months_ahead, month, value, actual, error
from kpi_forecast
where error is not null and months_ahead between 1 and 3
order by kpi, months_ahead, month desc
