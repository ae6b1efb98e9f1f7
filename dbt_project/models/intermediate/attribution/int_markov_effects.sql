-- Removal effect of every channel, exact: 1 - P(win without the channel) / P(win). Gauss-Jordan elimination in place,
-- one pivot a round, turns the matrix I - Q into its inverse N and the last column into h, the chance to win from each
-- state. Without channel c, just those journeys are lost that would have come to c and won from there:
-- P(reach c) * h(c), and P(reach c) = N(start, c) / N(c, c). So one inversion serves all channels. Revenue and gross
-- profit are columns like h, of expected values instead of chances: what would be lost of them without the channel.
with recursive matrix as (
    select
        i,
        j,
        a,
        cast(0 as bigint) as done
    from {{ ref('int_markov_matrix') }}
),

swept as (
    select * from matrix
    union all
    select
        i,
        j,
        case
            when i = done + 1 and j = done + 1 then 1 / pivot_cell
            when i = done + 1 then a / pivot_cell
            when j = done + 1 then -a / pivot_cell
            else a - row_factor * column_factor / pivot_cell
        end as a,
        done + 1 as done
    from (
        select
            *,
            max(i) over () as states,
            max(case when i = done + 1 and j = done + 1 then a end) over () as pivot_cell,
            max(case when j = done + 1 then a end) over (partition by i) as row_factor,
            max(case when i = done + 1 then a end) over (partition by j) as column_factor
        from swept
    ) as around_pivot
    where done < states
),

inverse as (
    select * from swept where done = (select max(matrix.i) from matrix)
),

names as (
    select distinct
        state,
        i
    from {{ ref('int_markov_matrix') }}
),

effects as (
    select
        names.state as channel,
        from_start.a / itself.a as reached,
        wins.a as wins_from,
        from_start.a / itself.a * wins.a / all_wins.a as removal_effect,
        from_start.a / itself.a * revenues.a as revenue_effect,
        from_start.a / itself.a * profits.a as gross_profit_effect
    from names
    inner join inverse as itself on names.i = itself.i and names.i = itself.j
    inner join inverse as from_start on names.i = from_start.j and from_start.i = 1
    inner join inverse as wins on names.i = wins.i and wins.j = (select max(matrix.j) - 2 from matrix)
    inner join inverse as revenues on names.i = revenues.i and wins.j + 1 = revenues.j
    inner join inverse as profits on names.i = profits.i and wins.j + 2 = profits.j
    inner join inverse as all_wins on wins.j = all_wins.j and all_wins.i = 1
    where names.i > 1 and all_wins.a > 0
)

select * from effects
