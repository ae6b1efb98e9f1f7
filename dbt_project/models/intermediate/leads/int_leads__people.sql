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
    from leads
    left join people
        on
            coalesce('person:' || leads.person_id, 'email:' || leads.email_hash, 'phone:' || leads.phone_hash)
            = people.identity
    left join {{ ref('int_leads__marked') }} as marked on leads.lead_key = marked.lead_key
    left join by_deals on leads.lead_key = by_deals.lead_key
)

select * from named
