-- What each forecast day knew of the past: wins so far, what a won deal of the year before was worth, and what share of
-- that was not refunded.
with days as (
    select * from {{ ref('int_forecast_days') }} where is_forecast
),

seen as (
    select
        days.kind,
        days.day,
        happened.*,
        happened.month_no > days.month_no - 12 as is_of_year
    from days
    inner join {{ ref('int_forecast_happened') }} as happened on days.day >= happened.date
),

summed as (
    select
        kind,
        day,
        cast(sum(won_deals) as bigint) as wins_so_far,
        cast(sum(case when is_of_year then won_amount end) as double) as won_amount,
        sum(case when is_of_year then deals_with_amount end) as deals_with_amount,
        cast(sum(case when is_of_year then refunds end) as double) as refunds
    from seen
    group by kind, day
),

known as (
    select
        kind,
        day,
        wins_so_far,
        won_amount / nullif(deals_with_amount, 0) as average_check,
        coalesce(1 - refunds / nullif(won_amount, 0), 1) as kept_share
    from summed
)

select * from known
