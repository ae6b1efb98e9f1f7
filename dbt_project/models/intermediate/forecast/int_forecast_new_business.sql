-- What the months after each of these days brought that was not in the pipeline yet: new leads, and wins of deals that
-- were created later.
with days as (
    select * from {{ ref('int_forecast_days') }}
),

ahead as (
    {{ whole_numbers(0, 11) }}
),

events as (
    select leads.created_date as known_date, leads.created_date as date, 1 as leads, 0 as wins
    from {{ ref('int_leads') }} as leads
    left join {{ ref('int_constant_dates') }} as constant_dates on leads.source = constant_dates.source
    -- an import is left out here as it is of the leads expected: thousands of leads of one day would dilute the wins
    where leads.counts and constant_dates.source is null
    union all
    select least(created_date, closed_date) as known_date, closed_date as date, 0 as leads, 1 as wins
    from {{ ref('int_deals') }}
    where counts_won and created_date is not null
),

-- few rows of each day, that they need not be joined one by one
summed as (
    select
        known_date,
        {{ month_number('date') }} as month_no,
        sum(leads) as leads,
        sum(wins) as wins
    from events
    group by known_date, {{ month_number('date') }}
),

brought as (
    select
        days.kind,
        days.day,
        summed.month_no - days.month_no as months_ahead,
        sum(summed.leads) as leads,
        sum(summed.wins) as wins
    from days
    inner join summed on days.day < summed.known_date and summed.month_no - days.month_no <= 11
    group by days.kind, days.day, summed.month_no - days.month_no
),

months as (
    select
        days.kind,
        days.day,
        ahead.number as months_ahead
    from days
    cross join ahead
),

business as (
    select
        months.*,
        cast(coalesce(brought.wins, 0) as bigint) as wins,
        cast(sum(coalesce(brought.leads, 0)) over (
            partition by months.kind, months.day
            order by months.months_ahead rows between unbounded preceding and current row
        ) as bigint) as leads_so_far
    from months
    left join brought on {{ same_forecast('months', 'brought') }}
)

select * from business
