-- How often journeys went from one channel to the next, aggregated: '(start)' before the first touch, '(won)' or
-- '(lost)' after the last. Going on in the same channel is left out: it changes no probability of where a journey ends.
-- What the won deals were worth stands on the step to '(won)'.
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

steps as (
    select
        case when position = 1 then '(start)' else lag(channel) over (
            partition by kind, journey_key order by position
        ) end as from_state,
        channel as to_state,
        cast(null as decimal(28, 2)) as revenue,
        cast(null as decimal(28, 2)) as gross_profit
    from journeys
    union all
    select
        journeys.channel as from_state,
        case when journeys.is_won then '(won)' else '(lost)' end as to_state,
        deals.revenue,
        deals.gross_profit
    from journeys
    left join deals on case when journeys.is_won then journeys.journey_key end = deals.deal_key
    where journeys.position = journeys.touches
),

transitions as (
    select
        from_state,
        to_state,
        count(*) as transitions,
        cast(sum(revenue) as decimal(28, 2)) as revenue,
        cast(sum(gross_profit) as decimal(28, 2)) as gross_profit
    from steps
    where from_state <> to_state
    group by from_state, to_state
)

select * from transitions
