-- Contacts that are nobody's own: of a role or a filler, as landing tells, or under three or more full names.
with contacts as (
    select
        email_hash as contact,
        full_name_hash
    from {{ ref('int_leads__rows') }}
    where fate = 'kept' and email_hash is not null
    union all
    select
        phone_hash as contact,
        full_name_hash
    from {{ ref('int_leads__rows') }}
    where fate = 'kept' and phone_hash is not null
),

-- few contacts come often: only their names are counted
crowded as (
    select contact
    from contacts
    where full_name_hash is not null
    group by contact
    having count(*) >= 3 and min(full_name_hash) <> max(full_name_hash)
),

named as (
    select contacts.contact
    from contacts
    inner join crowded on contacts.contact = crowded.contact
    group by contacts.contact
    having count(distinct contacts.full_name_hash) >= 3
),

shared as (
    select contact from named
    union
    select contact_hash as contact from {{ source('landing', 'shared_contacts') }}
),

-- a record without a name is joined with none
counted as (
    select
        shared.contact,
        count(contacts.contact) as leads,
        count(distinct contacts.full_name_hash) + count(contacts.contact) - count(contacts.full_name_hash) as people
    from shared
    left join contacts on shared.contact = contacts.contact
    group by shared.contact
)

select * from counted
