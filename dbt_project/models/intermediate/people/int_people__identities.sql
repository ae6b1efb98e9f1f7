-- Every identity with a number, in the order of the identities, so that the smallest number is the smallest identity.
with pairs as (
    select * from {{ ref('int_people__records') }}
),

identities as (
    select identity from pairs
    union
    select other_identity as identity from pairs
),

numbered as (
    select
        identity,
        row_number() over (order by identity) as node
    from identities
)

select * from numbered
