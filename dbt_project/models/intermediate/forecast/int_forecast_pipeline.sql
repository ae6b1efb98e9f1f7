{#- So many open deals of earlier days make a rate of a stage and age; with fewer it is the age's, then that of all. -#}
{%- set enough = 20 -%}
-- What the pipeline of each forecast day yields, month by month: every open deal at the rate at which those of its
-- stage and age had been won that many months later, on the earlier days whose month was over by then.
with days as (
    select * from {{ ref('int_forecast_days') }}
),

ahead as (
    {{ whole_numbers(0, 11) }}
),

seen as (
    select * from {{ ref('int_forecast_deals') }}
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
),

outcomes as (
    select
        lessons.kind,
        lessons.day,
        lessons.months_ahead,
        seen.stage,
        seen.age,
        sum(seen.deals) as deals,
        sum(case when seen.won_after = lessons.months_ahead then seen.deals else 0 end) as wins
    from lessons
    inner join seen on lessons.kind = seen.kind and lessons.earlier_day = seen.day
    group by lessons.kind, lessons.day, lessons.months_ahead, seen.stage, seen.age
),

levels as (
    select
        *,
        sum(deals) over (partition by kind, day, months_ahead, age) as deals_of_age,
        sum(wins) over (partition by kind, day, months_ahead, age) as wins_of_age,
        sum(deals) over (partition by kind, day, months_ahead) as deals_of_all,
        sum(wins) over (partition by kind, day, months_ahead) as wins_of_all
    from outcomes
),

ages as (
    select
        kind,
        day,
        months_ahead,
        age,
        max(deals_of_age) as deals,
        max(wins_of_age) as wins
    from levels
    group by kind, day, months_ahead, age
),

totals as (
    select
        kind,
        day,
        months_ahead,
        max(deals_of_all) as deals,
        max(wins_of_all) as wins
    from levels
    group by kind, day, months_ahead
),

open_now as (
    select
        seen.kind,
        seen.day,
        seen.stage,
        seen.age,
        sum(seen.deals) as deals,
        sum(seen.deals_with_amount) as deals_with_amount,
        sum(seen.amount) as amount
    from seen
    inner join days on seen.kind = days.kind and seen.day = days.day
    where days.is_forecast
    group by seen.kind, seen.day, seen.stage, seen.age
),

rated as (
    select
        open_now.*,
        totals.months_ahead,
        case
            when levels.deals >= {{ enough }} then cast(levels.wins as double) / levels.deals
            when ages.deals >= {{ enough }} then cast(ages.wins as double) / ages.deals
            else cast(totals.wins as double) / totals.deals
        end as rate
    from open_now
    inner join totals on open_now.kind = totals.kind and open_now.day = totals.day
    left join ages
        on
            totals.kind = ages.kind
            and totals.day = ages.day
            and totals.months_ahead = ages.months_ahead
            and open_now.age = ages.age
    left join levels
        on
            totals.kind = levels.kind
            and totals.day = levels.day
            and totals.months_ahead = levels.months_ahead
            and open_now.age = levels.age
            and open_now.stage = levels.stage
),

yields as (
    select
        kind,
        day,
        months_ahead,
        cast(sum(cast(deals * rate as decimal(28, 9))) as decimal(28, 9)) as wins,
        cast(sum(cast((deals - deals_with_amount) * rate as decimal(28, 9))) as decimal(28, 9)) as wins_without_amount,
        cast(sum(cast(coalesce(cast(amount as double), 0) * rate as decimal(28, 6))) as decimal(28, 6)) as amount
    from rated
    group by kind, day, months_ahead
)

select * from yields
