-- What each forecast may learn from, for every month it looks ahead: the earlier days, of the two years before it, from
-- which that many months on were over by then.
with days as (
    select * from {{ ref('int_forecast_days') }}
),

ahead as (
    {{ whole_numbers(0, 11) }}
),

lessons as (
    select
        forecasts.kind,
        forecasts.day,
        ahead.number as months_ahead,
        earlier.day as earlier_day
    from days as forecasts
    cross join ahead
    inner join days as earlier
        on
            forecasts.kind = earlier.kind
            and earlier.month_no between forecasts.month_no - 24 and forecasts.month_no - 1
            and earlier.month_no + ahead.number <= forecasts.last_whole_month_no
    where forecasts.is_forecast
)

select * from lessons
