-- How often journeys went from one channel to the next, aggregated: '(start)' before the first touch, '(won)' or
-- '(lost)' after the last. Going on in the same channel is left out: it changes no probability of where a journey ends.
with journeys as (
    select * from {{ ref('int_journeys') }}
),

steps as (
    select
        case when position = 1 then '(start)' else lag(channel) over (
            partition by kind, journey_key order by position
        ) end as from_state,
        channel as to_state
    from journeys
    union all
    select
        channel as from_state,
        case when is_won then '(won)' else '(lost)' end as to_state
    from journeys
    where position = touches
),

transitions as (
    select
        from_state,
        to_state,
        count(*) as transitions
    from steps
    where from_state <> to_state
    group by from_state, to_state
)

select * from transitions
