-- The identities that stand in one record belong to one person. Only customer ids are left out: a company buys
-- through several people.
with records as (
    select person_id, email_hash, phone_hash from {{ ref('int_leads__rows') }} where fate = 'kept'
    union all
    select person_id, email_hash, cast(null as varchar) as phone_hash
    from {{ ref('int_deals__dated') }} where fate = 'kept'
    union all
    select person_id, email_hash, cast(null as varchar) as phone_hash from {{ ref('int_touches__rows') }}
),

identities as (
    select
        'person:' || person_id as person_identity,
        'email:' || email_hash as email_identity,
        'phone:' || phone_hash as phone_identity
    from records
    where coalesce(person_id, email_hash, phone_hash) is not null
),

-- the first identity of a record with each of the others
pairs as (
    select
        coalesce(person_identity, email_identity, phone_identity) as identity,
        email_identity as other_identity
    from identities
    union
    select
        coalesce(person_identity, email_identity, phone_identity) as identity,
        phone_identity as other_identity
    from identities
    union
    select
        coalesce(person_identity, email_identity, phone_identity) as identity,
        coalesce(person_identity, email_identity, phone_identity) as other_identity
    from identities
)

select * from pairs where other_identity is not null
