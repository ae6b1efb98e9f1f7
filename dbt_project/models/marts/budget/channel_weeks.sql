-- The panel behind channel_response, for those who bring a model of their own.
with weeks as (
    select * from {{ ref('int_channel_weeks') }}
)

select * from weeks
