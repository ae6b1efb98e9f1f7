-- Every identity with a number, in the order of the identities, so that the smallest number is the smallest identity.
with identities as (
    -- an identity stands in a pair with itself as well
    select distinct other_identity as identity from {{ ref('int_people__records') }}
),

numbered as (
    select
        identity,
        row_number() over (order by identity) as node
    from identities
)

select * from numbered
