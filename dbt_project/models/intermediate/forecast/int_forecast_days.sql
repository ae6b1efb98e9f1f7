{#- History is looked at so many months back from a forecast's day. -#}
{%- set months_back = 24 -%}
-- The days on which forecasts are made: today, and the ends of past months, whose forecasts are the record. What a
-- forecast may learn from are earlier days of the same kind: ends of months, or the same day of earlier months.
with workspace as (
    select today from {{ source('settings', 'workspace') }}
),

starts as (
    select min(created_date) as first_date from {{ ref('int_leads') }} where counts
    union all
    select min(created_date) as first_date from {{ ref('int_deals') }} where counts_won or counts_lost or counts_open
),

history as (
    select
        workspace.today,
        min(starts.first_date) as first_date
    from workspace
    cross join starts
    where starts.first_date <= workspace.today
    group by workspace.today
),

months_ago as (
    {{ whole_numbers(0, 3 * months_back) }}
),

days as (
    select
        'month_end' as kind,
        cast(
            date_trunc('month', history.today) - months_ago.number * interval '1' month - interval '1' day as date
        ) as day,
        history.first_date
    from history
    cross join months_ago
    union all
    select
        'today' as kind,
        cast(history.today - months_ago.number * interval '1' month as date) as day,
        history.first_date
    from history
    cross join months_ago
),

numbered as (
    select
        days.kind,
        days.day,
        {{ month_number('days.day') }} as month_no,
        -- months that were over on that day
        {{ month_number('days.day') }} - case when days.kind = 'month_end' then 0 else 1 end as last_whole_month_no,
        {{ month_number('days.first_date') }}
        + case when extract(day from days.first_date) = 1 then 0 else 1 end as first_whole_month_no,
        days.day = history.today and days.kind = 'today' as is_today,
        days.kind = 'month_end' or days.day = history.today as is_forecast
    from days
    cross join history
    where days.first_date <= days.day
)

select * from numbered
