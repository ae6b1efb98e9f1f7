-- Removal effect of every channel, exact: 1 - P(win without the channel) / P(win). N is the inverse of I - Q, h the
-- chance to win from each state. Without channel c, just those journeys are lost that would have come to c and won from
-- there: P(reach c) * h(c), and P(reach c) = N(start, c) / N(c, c). So one inversion serves all channels. Revenue and
-- gross profit are columns like h, of expected values instead of chances: what would be lost without the channel.
with inverse as (
    select * from {{ ref('int_markov_inverse') }}
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
    inner join inverse as wins on names.i = wins.i and wins.j = (select max(inverse.j) - 2 from inverse)
    inner join inverse as revenues on names.i = revenues.i and wins.j + 1 = revenues.j
    inner join inverse as profits on names.i = profits.i and wins.j + 2 = profits.j
    inner join inverse as all_wins on wins.j = all_wins.j and all_wins.i = 1
    where names.i > 1 and all_wins.a > 0
)

select * from effects
