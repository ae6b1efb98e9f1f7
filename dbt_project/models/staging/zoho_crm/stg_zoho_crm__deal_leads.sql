{{ config(enabled=source_is_enabled('zoho_crm')) }}

-- The lead of a deal: the one that was converted into it, else the first one that became its contact.
with leads as (
    select * from {{ source('zoho_crm', 'lead') }}
),

candidates as (
    select
        leads.converted_deal_id as deal_id,
        leads.id as lead_id,
        leads.created_time,
        0 as distance
    from leads
    where leads.converted_deal_id is not null
    union all
    select
        deals.id as deal_id,
        leads.id as lead_id,
        leads.created_time,
        1 as distance
    from {{ source('zoho_crm', 'deal') }} as deals
    inner join leads on deals.contact_id = leads.converted_contact_id
),

ranked as (
    select
        *,
        row_number() over (partition by deal_id order by distance, created_time, lead_id) as place
    from candidates
),

chosen as (
    select
        deal_id,
        lead_id
    from ranked
    where place = 1
)

select * from chosen
