{{ config(enabled=source_is_enabled('salesforce')) }}

-- The Salesforce campaign that a lead joined first, itself or as the contact that it became.
with members as (
    select * from {{ source('salesforce', 'campaign_member') }}
    where not coalesce(try_cast(is_deleted as boolean), false)
),

leads as (
    select
        id as lead_id,
        converted_contact_id
    from {{ source('salesforce', 'lead') }}
),

joined as (
    select
        members.lead_id,
        members.campaign_id,
        members.created_date,
        members.id
    from members
    where members.lead_id is not null
    union all
    select
        leads.lead_id,
        members.campaign_id,
        members.created_date,
        members.id
    from members
    inner join leads on members.contact_id = leads.converted_contact_id
    where members.lead_id is null
),

ranked as (
    select
        *,
        row_number() over (partition by lead_id order by created_date asc nulls last, id asc) as place
    from joined
),

first_campaign as (
    select
        ranked.lead_id,
        coalesce(campaigns.name, ranked.campaign_id) as campaign_name
    from ranked
    left join {{ source('salesforce', 'campaign') }} as campaigns on ranked.campaign_id = campaigns.id
    where ranked.place = 1
)

select * from first_campaign
