-- What was open at the end of each of these days, by stage and age as they were then, and how many months later it was
-- won.
with days as (
    select * from {{ ref('int_forecast_days') }}
),

deals as (
    select
        deal_key,
        least(created_date, closed_date) as opened_date,
        closed_date,
        counts_won,
        amount
    from {{ ref('int_deals') }}
    where created_date is not null and closed_date is not null and (counts_won or counts_lost)
    union all
    select
        deal_key,
        created_date as opened_date,
        cast(null as date) as closed_date,
        false as counts_won,
        amount
    from {{ ref('int_deals') }}
    where created_date is not null and counts_open
),

open_deals as (
    select
        days.kind,
        days.day,
        deals.deal_key,
        deals.amount,
        case
            when {{ days_between('deals.opened_date', 'days.day') }} < 30 then 'under 30 days'
            when {{ days_between('deals.opened_date', 'days.day') }} < 90 then '30 to 89 days'
            else '90 days and more'
        end as age,
        case when deals.counts_won then {{ month_number('deals.closed_date') }} - days.month_no end as won_after
    from days
    inner join deals
        on days.day >= deals.opened_date and (deals.closed_date is null or days.day < deals.closed_date)
),

stages as (
    select
        entity_key as deal_key,
        entered_date,
        lower(stage) as stage,
        coalesce(
            lead(entered_date) over (partition by entity_key order by entered_at, _row, stage),
            cast('9999-12-31' as date)
        ) as next_date
    from {{ ref('int_stage_history') }}
    where entity = 'deals'
),

staged as (
    select
        open_deals.*,
        coalesce(stages.stage, '(unknown)') as stage
    from open_deals
    left join stages
        on
            open_deals.deal_key = stages.deal_key
            and open_deals.day >= stages.entered_date
            and open_deals.day < stages.next_date
),

grouped as (
    select
        kind,
        day,
        stage,
        age,
        won_after,
        count(*) as deals,
        count(amount) as deals_with_amount,
        cast(sum(amount) as decimal(28, 2)) as amount
    from staged
    group by kind, day, stage, age, won_after
)

select * from grouped
