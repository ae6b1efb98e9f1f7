{{ config(enabled=source_is_enabled('salesforce')) }}

-- Lead and contact of a deal: the lead that was converted into it, else the lead that became its contact (the primary
-- one, else the one whose id is smallest). Of several leads the one created first, deleted ones last.
with leads as (
    select
        *,
        coalesce(try_cast(is_deleted as boolean), false) as is_gone
    from {{ source('salesforce', 'lead') }}
    where try_cast(is_converted as boolean)
),

contacts as (
    select
        opportunity_id as deal_id,
        contact_id,
        row_number() over (
            partition by opportunity_id
            order by coalesce(try_cast(is_primary as boolean), false) desc, contact_id asc
        ) as place
    from {{ source('salesforce', 'opportunity_contact_role') }}
    where not coalesce(try_cast(is_deleted as boolean), false)
),

candidates as (
    select
        converted_opportunity_id as deal_id,
        id as lead_id,
        converted_contact_id as contact_id,
        created_date,
        is_gone,
        0 as distance
    from leads
    where converted_opportunity_id is not null
    union all
    select
        contacts.deal_id,
        leads.id as lead_id,
        contacts.contact_id,
        leads.created_date,
        leads.is_gone,
        contacts.place as distance
    from contacts
    left join leads on contacts.contact_id = leads.converted_contact_id
),

ranked as (
    select
        *,
        first_value(contact_id) over (
            partition by deal_id
            order by case when contact_id is null then 1 else 0 end, distance, is_gone, created_date
        ) as deal_contact_id,
        row_number() over (
            partition by deal_id
            order by case when lead_id is null then 1 else 0 end, distance, is_gone, created_date, lead_id
        ) as place
    from candidates
),

chosen as (
    select
        deal_id,
        lead_id,
        deal_contact_id as contact_id
    from ranked
    where place = 1
)

select * from chosen
