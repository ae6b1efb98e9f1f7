-- the forecast of today, months to the end of the year
select
    kpi, month, as_of, closed, from_pipeline, from_new_leads, value, low, high, enough_history
from kpi_forecast
where as_of = (select max(as_of) from kpi_forecast)
order by kpi, month
