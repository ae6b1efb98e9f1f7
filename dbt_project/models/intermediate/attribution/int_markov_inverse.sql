-- noqa: disable=PRS,CV06
-- Gauss-Jordan elimination in place, one pivot a round, turns the matrix I - Q into its inverse N and the columns of
-- expected values into what is to be expected from each state.
{{ config(materialized='fixpoint', repeat_while='done < states') }}

select
    i,
    j,
    a,
    cast(0 as bigint) as done,
    max(i) over () as states
from {{ ref('int_markov_matrix') }}

;

with around_pivot as (
    select
        *,
        max(case when i = done + 1 and j = done + 1 then a end) over () as pivot_cell,
        max(case when j = done + 1 then a end) over (partition by i) as row_factor,
        max(case when i = done + 1 then a end) over (partition by j) as column_factor
    from previous_round
),

swept as (
    select
        i,
        j,
        case
            when i = done + 1 and j = done + 1 then 1 / pivot_cell
            when i = done + 1 then a / pivot_cell
            when j = done + 1 then -a / pivot_cell
            else a - row_factor * column_factor / pivot_cell
        end as a,
        done + 1 as done,
        states
    from around_pivot
)

select * from swept
