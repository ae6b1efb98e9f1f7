{{ config(enabled=source_is_enabled('hubspot')) }}

with deals as (
    select
        *,
        coalesce(deal_pipeline_stage_id, property_dealstage) as stage_id,
        coalesce(owner_id, property_hubspot_owner_id) as deal_owner_id
    from {{ source('hubspot', 'deal') }}
),

-- a deal merged into one that is in no extract stays
merged_away as (
    select distinct merged_deal_id
    from {{ source('hubspot', 'merged_deal') }}
    where deal_id <> merged_deal_id and deal_id in (select deals.deal_id from deals)
),

deal_leads as (
    select * from {{ ref('stg_hubspot__deal_leads') }}
),

stages as (
    select * from {{ ref('stg_hubspot__deal_stages') }}
),

owners as (
    select * from {{ ref('stg_hubspot__owners') }}
),

-- the primary company (type 5), else the one with the smallest id
companies as (
    select
        deal_id,
        coalesce(min(case when type_id = '5' then company_id end), min(company_id)) as company_id
    from {{ source('hubspot', 'deal_company') }}
    where not coalesce(try_cast(_fivetran_deleted as boolean), false)
    group by deal_id
),

renamed as (
    select
        'hubspot' as source,
        deals.deal_id,
        {{ read_timestamp('deals.property_createdate') }} as created_at,
        {{ is_date_only('deals.property_createdate') }} as created_at_is_date,
        coalesce(deals.property_lead_id, deal_leads.lead_id) as lead_id,
        coalesce(deals.property_customer_id, companies.company_id) as customer_id,
        deals.property_person_id as person_id,
        coalesce(owners.owner, deals.deal_owner_id) as owner,
        coalesce(stages.stage, deals.stage_id) as stage,
        coalesce(lower(deals.property_status), stages.status) as status,
        try_cast(deals.property_amount as decimal(21, 6)) as amount,
        upper(deals.property_deal_currency_code) as currency,
        try_cast(deals.property_number_of_units as decimal(21, 6)) as units,
        deals.property_product as product,
        try_cast(deals.property_cost_of_goods as decimal(21, 6)) as cost_of_goods,
        {{ read_timestamp('deals.property_closedate') }} as closed_at,
        {{ is_date_only('deals.property_closedate') }} as closed_at_is_date,
        deals.property_closed_lost_reason as lost_reason,
        coalesce(
            try_cast(deals.property_hs_deal_stage_probability as decimal(21, 6)), stages.probability
        ) as probability,
        deals.property_channel as channel,
        deals.property_campaign_id as campaign_id,
        deals.property_campaign_name as campaign_name,
        deals.property_utm_source as utm_source,
        deals.property_utm_medium as utm_medium,
        deals.property_utm_campaign as utm_campaign,
        deals.property_utm_content as utm_content,
        deals.property_utm_term as utm_term,
        {{ read_timestamp('deals.property_hs_lastmodifieddate') }} as updated_at,
        {{ is_date_only('deals.property_hs_lastmodifieddate') }} as updated_at_is_date,
        coalesce(try_cast(deals.is_deleted as boolean), try_cast(deals._fivetran_deleted as boolean), false)
            as is_deleted,
        deals._file,
        deals._row,
        deals._load_id,
        deals._loaded_at,
        deals._unreadable
    from deals
    left join merged_away on deals.deal_id = merged_away.merged_deal_id
    left join deal_leads on deals.deal_id = deal_leads.deal_id
    left join companies on deals.deal_id = companies.deal_id
    left join stages on deals.stage_id = stages.stage_id
    left join owners on deals.deal_owner_id = owners.owner_id
    where merged_away.merged_deal_id is null
)

select * from renamed
