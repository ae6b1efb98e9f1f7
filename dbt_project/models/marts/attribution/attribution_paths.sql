-- The ways to a won deal, and those that led to none: journeys that passed the same channels in the same order.
-- Going on in one channel is one step. Deals without touches have no path and are not here.
with journeys as (
    select * from {{ ref('int_journeys') }}
),

deals as (
    select
        deal_key,
        revenue,
        gross_profit
    from {{ ref('int_deal_credits') }}
    where model = 'first_touch'
),

neighbours as (
    select
        *,
        lag(channel) over (partition by kind, journey_key order by position) as channel_before
    from journeys
),

stepped as (
    select
        *,
        case when position = 1 or channel <> channel_before then channel end as step
    from neighbours
),

paths as (
    select
        kind,
        journey_key,
        is_won,
        {{ ordered_list('step', 'position', ' > ') }} as path,
        count(step) as steps,
        max(touches) as touches,
        max(case when position = 1 then channel end) as first_channel,
        max(case when position = touches then channel end) as last_channel,
        min(touched_date) as first_touched_date,
        max(won_date) as won_date
    from stepped
    group by kind, journey_key, is_won
),

valued as (
    select
        paths.*,
        deals.revenue,
        deals.gross_profit,
        {{ days_between('paths.first_touched_date', 'paths.won_date') }} as days_to_win
    from paths
    left join deals on case when paths.is_won then paths.journey_key end = deals.deal_key
),

grouped as (
    select
        path,
        first_channel,
        last_channel,
        cast(max(steps) as bigint) as steps,
        count(*) as journeys,
        count(case when is_won then 1 end) as won_deals,
        count(case when not is_won then 1 end) as lost_journeys,
        cast(coalesce(sum(revenue), 0) as decimal(28, 2)) as revenue,
        cast(coalesce(sum(gross_profit), 0) as decimal(28, 2)) as gross_profit,
        cast(sum(touches) as bigint) as touches,
        cast(sum(days_to_win) as bigint) as days_to_win,
        percentile_cont(0.5) within group (order by days_to_win) as median_days_to_win
    from valued
    group by path, first_channel, last_channel
)

select * from grouped
