{{ config(enabled=source_is_enabled('zoho_crm')) }}

with deals as (
    select * from {{ source('zoho_crm', 'deal') }}
),

deal_leads as (
    select * from {{ ref('stg_zoho_crm__deal_leads') }}
),

contacts as (
    select * from {{ source('zoho_crm', 'contact') }}
),

closing_stages as (
    select * from {{ ref('stg_zoho_crm__stages') }}
),

renamed as (
    select
        'zoho_crm' as source,
        deals.id as deal_id,
        {{ read_timestamp('deals.created_time') }} as created_at,
        {{ is_date_only('deals.created_time') }} as created_at_is_date,
        coalesce(deals.lead_id, deal_leads.lead_id) as lead_id,
        deals.account_id as customer_id,
        coalesce(deals.person_id, 'zoho-contact-' || deals.contact_id) as person_id,
        contacts.email_hash,
        deals.owner,
        deals.stage,
        closing_stages.meaning as status,
        try_cast(deals.amount as decimal(21, 6)) as amount,
        upper(deals.currency) as currency,
        try_cast(deals.units as decimal(21, 6)) as units,
        deals.product,
        try_cast(deals.cost_of_goods as decimal(21, 6)) as cost_of_goods,
        {{ read_timestamp(only_day('deals.closing_date')) }} as closed_at,
        deals.closing_date is not null as closed_at_is_date,
        deals.reason_for_loss as lost_reason,
        cast(try_cast(deals.probability as decimal(21, 6)) * 0.01 as decimal(21, 6)) as probability,
        coalesce(
            deals.channel, case when deals.utm_source is null and deals.utm_medium is null then deals.lead_source end
        ) as channel,
        deals.campaign_id,
        coalesce(deals.campaign_name, deals.utm_campaign, deals.campaign_source) as campaign_name,
        deals.utm_source,
        deals.utm_medium,
        deals.utm_campaign,
        deals.utm_content,
        deals.utm_term,
        {{ read_timestamp('deals.modified_time') }} as updated_at,
        {{ is_date_only('deals.modified_time') }} as updated_at_is_date,
        false as is_deleted,
        deals._file,
        deals._row,
        deals._load_id,
        deals._loaded_at,
        deals._unreadable
    from deals
    left join deal_leads on deals.id = deal_leads.deal_id
    left join contacts on deals.contact_id = contacts.id
    left join closing_stages on deals.stage = closing_stages.stage
)

select * from renamed
