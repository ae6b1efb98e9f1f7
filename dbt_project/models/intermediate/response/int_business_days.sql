-- Each day's working hours, and how much working time lay before it: working time between two moments is a difference.
with dates as (
    select distinct date from {{ ref('int_periods') }} where grain = 'day'
),

business_hours as (
    select * from {{ source('settings', 'business_hours') }}
),

holidays as (
    select distinct date from {{ source('settings', 'holidays') }}
),

weekdays as (
    select
        dates.date,
        -- 2024-01-01 was a Monday
        cast((({{ days_between("date '2024-01-01'", 'dates.date') }} % 7) + 7) % 7 as integer) as weekday
    from dates
),

hours as (
    select
        weekdays.date,
        coalesce(business_hours.opens_second, 0) as opens_second,
        coalesce(business_hours.closes_second, 0) as closes_second
    from weekdays
    left join holidays on weekdays.date = holidays.date
    left join business_hours on weekdays.weekday = business_hours.weekday and holidays.date is null
),

business_days as (
    select
        date,
        opens_second,
        closes_second,
        cast(
            coalesce(
                sum(closes_second - opens_second) over (
                    order by date rows between unbounded preceding and 1 preceding
                ), 0
            ) as bigint
        ) as seconds_before
    from hours
)

select * from business_days
