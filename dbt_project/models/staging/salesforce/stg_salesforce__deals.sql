{{ config(enabled=source_is_enabled('salesforce')) }}

with deals as (
    select * from {{ source('salesforce', 'opportunity') }}
),

deal_leads as (
    select * from {{ ref('stg_salesforce__deal_leads') }}
),

campaigns as (
    select * from {{ source('salesforce', 'campaign') }}
),

owners as (
    select * from {{ ref('stg_salesforce__owners') }}
),

renamed as (
    select
        'salesforce' as source,
        deals.id as deal_id,
        {{ read_timestamp('deals.created_date') }} as created_at,
        {{ is_date_only('deals.created_date') }} as created_at_is_date,
        coalesce(deals.lead_id_c, deal_leads.lead_id) as lead_id,
        deals.account_id as customer_id,
        coalesce(deals.person_id_c, deal_leads.contact_id) as person_id,
        coalesce(owners.owner, deals.owner_id) as owner,
        deals.stage_name as stage,
        case
            when try_cast(deals.is_won as boolean) then 'won'
            when try_cast(deals.is_closed as boolean) then 'lost'
        end as status,
        try_cast(deals.amount as decimal(21, 6)) as amount,
        upper(deals.currency_iso_code) as currency,
        try_cast(deals.total_opportunity_quantity as decimal(21, 6)) as units,
        deals.product_c as product,
        try_cast(deals.cost_of_goods_c as decimal(21, 6)) as cost_of_goods,
        {{ read_timestamp(only_day('deals.close_date')) }} as closed_at,
        deals.close_date is not null as closed_at_is_date,
        deals.lost_reason_c as lost_reason,
        cast(try_cast(deals.probability as decimal(21, 6)) * 0.01 as decimal(21, 6)) as probability,
        coalesce(
            deals.channel_c,
            case when deals.utm_source_c is null and deals.utm_medium_c is null then deals.lead_source end
        ) as channel,
        deals.utm_id_c as campaign_id,
        coalesce(deals.campaign_name_c, deals.utm_campaign_c, campaigns.name) as campaign_name,
        deals.utm_source_c as utm_source,
        deals.utm_medium_c as utm_medium,
        deals.utm_campaign_c as utm_campaign,
        deals.utm_content_c as utm_content,
        deals.utm_term_c as utm_term,
        {{ read_timestamp('deals.last_modified_date') }} as updated_at,
        {{ is_date_only('deals.last_modified_date') }} as updated_at_is_date,
        coalesce(try_cast(deals.is_deleted as boolean), false) as is_deleted,
        deals._file,
        deals._row,
        deals._load_id,
        deals._loaded_at,
        deals._unreadable
    from deals
    left join deal_leads on deals.id = deal_leads.deal_id
    left join campaigns on deals.campaign_id = campaigns.id
    left join owners on deals.owner_id = owners.owner_id
)

select * from renamed
