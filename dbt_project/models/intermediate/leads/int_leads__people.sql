-- The person behind each lead: any of its identities names the same one; a lead without any is a person of its own.
with leads as (
    select * from {{ ref('int_leads__rows') }} where fate = 'kept'
),

people as (
    select * from {{ ref('int_people') }}
),

by_deals as (
    select * from {{ ref('int_leads__deals') }}
),

shared as (
    select contact from {{ ref('int_shared_contacts') }}
),

identified as (
    select
        leads.*,
        coalesce(
            'person:' || leads.person_id,
            {{ contact_identity('email', 'leads', 'shared_emails') }},
            {{ contact_identity('phone', 'leads', 'shared_phones') }}
        ) as identity
    from leads
    left join shared as shared_emails on leads.email_hash = shared_emails.contact
    left join shared as shared_phones on leads.phone_hash = shared_phones.contact
),

named as (
    select
        leads.lead_key,
        coalesce(people.person_key, 'lead:' || leads.lead_key) as person_key,
        leads.created_at,
        leads.created_date,
        leads.created_at_is_date,
        leads.is_deleted,
        coalesce(marked.matches_test, false) as is_test,
        coalesce(marked.matches_duplicate, false) or coalesce(by_deals.all_duplicates, false) as is_marked
    from identified as leads
    left join people on leads.identity = people.identity
    left join {{ ref('int_leads__marked') }} as marked on leads.lead_key = marked.lead_key
    left join by_deals on leads.lead_key = by_deals.lead_key
)

select * from named
