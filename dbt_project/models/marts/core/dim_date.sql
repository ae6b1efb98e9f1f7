-- Every day of the data, with the periods it lies in.
with periods as (
    select * from {{ ref('int_periods') }}
),

workspace as (
    select today from {{ source('settings', 'workspace') }}
),

days as (
    select
        date,
        max(case when grain = 'week' then period_start end) as week_start,
        max(case when grain = 'month' then period_start end) as month_start,
        max(case when grain = 'quarter' then period_start end) as quarter_start,
        max(case when grain = 'year' then period_start end) as year_start,
        max(case when grain = 'day' then is_complete end) as is_complete
    from periods
    group by date
),

calendar as (
    select
        days.date,
        cast(extract(year from days.date) as integer) as year,
        cast(extract(quarter from days.date) as integer) as quarter,
        cast(extract(month from days.date) as integer) as month,
        cast(extract(day from days.date) as integer) as day_of_month,
        -- counted from a Monday, since engines number the days of the week differently
        cast({{ days_between("date '1900-01-01'", 'days.date') }} % 7 + 1 as integer) as day_of_week,
        days.week_start,
        days.month_start,
        days.quarter_start,
        days.year_start,
        days.is_complete,
        days.date > workspace.today as is_future
    from days
    cross join workspace
)

select * from calendar
