-- The linear system of the chain, dense: I - Q for the start (state 1) and the channels, and as last column the
-- probability of winning at once.
with transitions as (
    select * from {{ ref('int_markov_transitions') }}
),

states as (
    select
        from_state as state,
        row_number() over (order by case when from_state = '(start)' then 0 else 1 end, from_state) as i,
        sum(transitions) as leaving
    from transitions
    group by from_state
),

ends as (
    select
        state,
        i as j
    from states
    union all
    select
        '(won)' as state,
        count(*) + 1 as j
    from states
),

cells as (
    select
        states.state,
        states.i,
        ends.j,
        case when states.i = ends.j then cast(1 as double) else 0 end
        + case when ends.state = '(won)' then 1 else -1 end
        * coalesce(cast(transitions.transitions as double) / states.leaving, 0) as a
    from states
    cross join ends
    left join transitions
        on states.state = transitions.from_state and ends.state = transitions.to_state
)

select * from cells
