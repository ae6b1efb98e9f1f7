-- The identities that stand in one record belong to one person. Only customer ids are left out: a company buys
-- through several people. A contact that several people share is an identity only together with the full name.
with records as (
    select
        person_id,
        email_hash,
        phone_hash,
        full_name_hash
    from {{ ref('int_leads__rows') }}
    where fate = 'kept'
    union all
    select
        person_id,
        email_hash,
        cast(null as varchar) as phone_hash,
        cast(null as varchar) as full_name_hash
    from {{ ref('int_deals__dated') }}
    where fate = 'kept'
    union all
    -- the many touches of a person say the same
    select distinct
        person_id,
        email_hash,
        cast(null as varchar) as phone_hash,
        cast(null as varchar) as full_name_hash
    from {{ ref('int_touches__rows') }}
),

shared as (
    select contact from {{ ref('int_shared_contacts') }}
),

identities as (
    select
        'person:' || records.person_id as person_identity,
        {{ contact_identity('email', 'records', 'shared_emails') }} as email_identity,
        {{ contact_identity('phone', 'records', 'shared_phones') }} as phone_identity
    from records
    left join shared as shared_emails on records.email_hash = shared_emails.contact
    left join shared as shared_phones on records.phone_hash = shared_phones.contact
    where coalesce(records.person_id, records.email_hash, records.phone_hash) is not null
),

named as (
    select
        *,
        coalesce(person_identity, email_identity, phone_identity) as identity
    from identities
),

-- the first identity of a record with each of the others
pairs as (
    select
        identity,
        email_identity as other_identity
    from named
    union all
    select
        identity,
        phone_identity as other_identity
    from named
    union all
    select
        identity,
        identity as other_identity
    from named
),

distinct_pairs as (
    select distinct
        identity,
        other_identity
    from pairs
    where other_identity is not null
)

select * from distinct_pairs
