-- what of a channel or representative is no sum of days: medians and stocks of the periods that they have
with members as (
    select 'channel' as dimension, channel as member, * exclude (channel) from kpi_by_channel
    union all by name
    select 'sales_rep' as dimension, sales_rep as member, * exclude (sales_rep) from kpi_by_sales_rep
)

select
    dimension, member, grain, period_start, median_response_minutes, median_sales_cycle_days, open_deals, open_pipeline,
    weighted_pipeline, pipeline_velocity
from members
where grain <> 'day'
order by dimension, member, grain, period_start
