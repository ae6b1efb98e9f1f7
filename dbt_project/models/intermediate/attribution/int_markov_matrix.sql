-- The linear system of the chain, dense: I - Q for the start (state 1) and the channels, and three last columns: the
-- probability of winning at once, and the revenue and the gross profit that a win at once is expected to bring.
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
        'transitions' as measure,
        i as j
    from states
    {%- for measure in ['transitions', 'revenue', 'gross_profit'] %}
    union all
    select
        '(won)' as state,
        '{{ measure }}' as measure,
        count(*) + {{ loop.index }} as j
    from states
    {%- endfor %}
),

cells as (
    select
        states.state,
        states.i,
        ends.j,
        case when states.i = ends.j then cast(1 as double) else 0 end
        + case when ends.state = '(won)' then 1 else -1 end
        * coalesce(
            cast(
                case ends.measure
                    when 'revenue' then transitions.revenue
                    when 'gross_profit' then transitions.gross_profit
                    else transitions.transitions
                end as double
            ) / states.leaving,
            0
        ) as a
    from states
    cross join ends
    left join transitions
        on states.state = transitions.from_state and ends.state = transitions.to_state
)

select * from cells
