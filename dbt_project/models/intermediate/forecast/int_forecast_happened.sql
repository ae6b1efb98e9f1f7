-- What forecasts are about, day by day: leads that came, deals that were won with their amounts, refunds.
with leads as (
    select created_date as date, count(*) as leads
    from {{ ref('int_leads') }}
    where counts
    group by created_date
),

won as (
    select
        closed_date as date,
        count(*) as won_deals,
        count(amount) as deals_with_amount,
        coalesce(sum(amount), 0) as won_amount
    from {{ ref('int_deals') }}
    where counts_won
    group by closed_date
),

refunded as (
    select date, sum(refunds) as refunds
    from {{ ref('int_sales') }}
    where refunds <> 0
    group by date
),

days as (
    select date from leads
    union
    select date from won
    union
    select date from refunded
),

happened as (
    select
        days.date,
        {{ month_number('days.date') }} as month_no,
        cast(coalesce(leads.leads, 0) as bigint) as leads,
        cast(coalesce(won.won_deals, 0) as bigint) as won_deals,
        cast(coalesce(won.deals_with_amount, 0) as bigint) as deals_with_amount,
        cast(coalesce(won.won_amount, 0) as decimal(28, 6)) as won_amount,
        cast(coalesce(refunded.refunds, 0) as decimal(28, 6)) as refunds
    from days
    left join leads on days.date = leads.date
    left join won on days.date = won.date
    left join refunded on days.date = refunded.date
)

select * from happened
