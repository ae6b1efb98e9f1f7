-- What the months after each of these days brought that was not in the pipeline yet: new leads, and wins of deals that
-- were created later.
with days as (
    select * from {{ ref('int_forecast_days') }}
),

ahead as (
    {{ whole_numbers(0, 11) }}
),

leads as (
    select
        created_date as date,
        {{ month_number('created_date') }} as month_no,
        count(*) as leads
    from {{ ref('int_leads') }}
    where counts
    group by created_date
),

wins as (
    select
        closed_date as date,
        {{ month_number('closed_date') }} as month_no,
        least(created_date, closed_date) as opened_date,
        count(*) as wins
    from {{ ref('int_deals') }}
    where counts_won and created_date is not null
    group by closed_date, least(created_date, closed_date)
),

new_leads as (
    select
        days.kind,
        days.day,
        leads.month_no - days.month_no as months_ahead,
        sum(leads.leads) as leads
    from days
    inner join leads on days.day < leads.date and leads.month_no - days.month_no <= 11
    group by days.kind, days.day, leads.month_no - days.month_no
),

new_wins as (
    select
        days.kind,
        days.day,
        wins.month_no - days.month_no as months_ahead,
        sum(wins.wins) as wins
    from days
    inner join wins on days.day < wins.opened_date and wins.month_no - days.month_no <= 11
    group by days.kind, days.day, wins.month_no - days.month_no
),

business as (
    select
        days.kind,
        days.day,
        ahead.number as months_ahead,
        cast(coalesce(new_wins.wins, 0) as bigint) as wins,
        cast(sum(coalesce(new_leads.leads, 0)) over (
            partition by days.kind, days.day order by ahead.number rows between unbounded preceding and current row
        ) as bigint) as leads_so_far
    from days
    cross join ahead
    left join new_leads
        on days.kind = new_leads.kind and days.day = new_leads.day and ahead.number = new_leads.months_ahead
    left join new_wins
        on days.kind = new_wins.kind and days.day = new_wins.day and ahead.number = new_wins.months_ahead
)

select * from business
