{#- So many open deals of earlier days make a rate of a stage and age; with fewer it is the age's, then that of all. -#}
{%- set enough = 20 -%}
-- What the pipeline of each forecast day yields, month by month: every open deal at the rate at which those of its
-- stage and age had been won that many months later, on the earlier days whose month was over by then.
with days as (
    select * from {{ ref('int_forecast_days') }} where is_forecast
),

rates as (
    select * from {{ ref('int_forecast_rates') }}
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
    from {{ ref('int_forecast_deals') }} as seen
    inner join days on {{ same_forecast('seen', 'days', ['kind', 'day']) }}
    group by seen.kind, seen.day, seen.stage, seen.age
),

rated as (
    select
        open_now.*,
        of_all.months_ahead,
        case
            when of_stage.deals >= {{ enough }} then cast(of_stage.wins as double) / of_stage.deals
            when of_age.deals >= {{ enough }} then cast(of_age.wins as double) / of_age.deals
            else cast(of_all.wins as double) / of_all.deals
        end as rate
    from open_now
    inner join rates as of_all
        on {{ same_forecast('open_now', 'of_all', ['kind', 'day']) }} and of_all.stage is null and of_all.age is null
    left join rates as of_age
        on {{ same_forecast('of_all', 'of_age') }} and open_now.age = of_age.age and of_age.stage is null
    left join rates as of_stage
        on {{ same_forecast('of_all', 'of_stage') }} and open_now.age = of_stage.age and open_now.stage = of_stage.stage
),

yields as (
    select
        kind,
        day,
        months_ahead,
        cast(sum(cast(deals * rate as decimal(28, 9))) as decimal(28, 9)) as wins,
        cast(sum(cast((deals - deals_with_amount) * rate as decimal(28, 9))) as decimal(28, 9)) as wins_without_amount,
        cast(sum({{ in_millionths('coalesce(cast(amount as double), 0) * rate') }}) as decimal(28, 6)) as amount
    from rated
    group by kind, day, months_ahead
)

select * from yields
