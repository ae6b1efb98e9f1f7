-- Pairs of identities that one record shows to be one person.
with edges as (
    select
        identities.node as a,
        others.node as b
    from {{ ref('int_people__records') }} as pairs
    inner join {{ ref('int_people__identities') }} as identities on pairs.identity = identities.identity
    inner join {{ ref('int_people__identities') }} as others on pairs.other_identity = others.identity
    where pairs.identity <> pairs.other_identity
)

select * from edges
