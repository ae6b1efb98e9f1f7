-- The pipeline as it stood at the end of each day, by stage: deals open then, their present amounts, and these times
-- the probability of being won, as in weighted_pipeline.
with workspace as (
    select today from {{ source('settings', 'workspace') }}
),

days as (
    select distinct periods.date as day
    from {{ ref('int_periods') }} as periods
    inner join workspace on periods.date <= workspace.today
),

amounts as (
    select
        deal_key,
        max(present_stage) as present_stage,
        max(own_probability) as own_probability,
        sum(amount) as amount
    from {{ ref('int_open_deals') }}
    group by deal_key
),

open_deals as (
    select
        days.day,
        stays.source,
        amounts.amount,
        case when days.day = workspace.today then coalesce(amounts.present_stage, stays.stage) else stays.stage end
            as stage,
        case when days.day = workspace.today then amounts.own_probability end as own_probability
    from days
    cross join workspace
    inner join {{ ref('int_deal_stays') }} as stays
        on days.day >= stays.first_date and (stays.next_date is null or days.day < stays.next_date)
    left join amounts on stays.deal_key = amounts.deal_key
),

weighed as (
    select
        open_deals.*,
        cast(
            cast(open_deals.amount as double)
            * coalesce(open_deals.own_probability, stages.share_won, every.share_won) as decimal(28, 6)
        ) as weighted
    from open_deals
    left join {{ ref('int_stage_win_shares') }} as stages
        on
            open_deals.day = stages.date
            and open_deals.source = stages.source
            and open_deals.stage = stages.stage
    left join {{ ref('int_stage_win_shares') }} as every on open_deals.day = every.date and every.stage is null
),

history as (
    select
        day,
        coalesce(stage, '(unknown)') as stage,
        count(*) as deals,
        cast(sum(amount) as decimal(28, 2)) as amount,
        cast(case when count(amount) = count(weighted) then sum(weighted) end as decimal(28, 6)) as weighted
    from weighed
    group by day, coalesce(stage, '(unknown)')
)

select * from history
