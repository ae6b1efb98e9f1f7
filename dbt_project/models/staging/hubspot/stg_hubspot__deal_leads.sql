{{ config(enabled=source_is_enabled('hubspot')) }}

-- The lead of a deal: of several contacts the one created first; a merged contact counts as its survivor.
with links as (
    select * from {{ source('hubspot', 'deal_contact') }}
    where not coalesce(try_cast(_fivetran_deleted as boolean), false)
),

merged as (
    select * from {{ ref('stg_hubspot__merged_contacts') }}
),

contacts as (
    select * from {{ source('hubspot', 'contact') }}
),

surviving as (
    select
        links.deal_id,
        coalesce(merged.survivor_id, links.contact_id) as lead_id
    from links
    left join merged on links.contact_id = merged.contact_id
),

ranked as (
    select
        surviving.deal_id,
        surviving.lead_id,
        row_number() over (
            partition by surviving.deal_id
            order by
                coalesce(try_cast(contacts._fivetran_deleted as boolean), false) asc,
                contacts.property_createdate asc nulls last,
                surviving.lead_id asc
        ) as place
    from surviving
    left join contacts on surviving.lead_id = contacts.id
),

first_contact as (
    select
        deal_id,
        lead_id
    from ranked
    where place = 1
)

select * from first_contact
