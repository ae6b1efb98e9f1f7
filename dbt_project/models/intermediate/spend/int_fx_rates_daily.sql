-- A rate holds for its day and the 7 days after, until a newer one. The dense table makes conversion an equi-join.
with workspace as (
    select * from {{ source('settings', 'workspace') }}
),

usable as (
    select
        date as rate_date,
        currency,
        rate
    from {{ ref('int_fx_rates__rows') }}
    where not is_refused and not is_reporting_currency
    qualify row_number() over (partition by date, currency order by _load_id desc, _file desc, _row desc) = 1
),

spans as (
    select
        currency,
        rate,
        rate_date,
        rate_date as first_day,
        cast(rate_date + interval '7' day as date) as last_day
    from usable
),

reach as (
    {{ each_day('spans') }}
),

latest as (
    select
        day as date,
        currency,
        rate
    from reach
    qualify row_number() over (partition by day, currency order by rate_date desc) = 1
),

-- the reporting currency is worth itself on every day that a business can have had
reporting_span as (
    select
        reporting_currency as currency,
        cast('1970-01-01' as date) as first_day,
        cast(today + interval '3' year as date) as last_day
    from workspace
),

reporting_days as (
    {{ each_day('reporting_span') }}
),

daily as (
    select
        date,
        currency,
        rate
    from latest
    union all
    select
        day as date,
        currency,
        cast(1 as decimal(18, 6)) as rate
    from reporting_days
)

select * from daily
