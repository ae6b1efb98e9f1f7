{{ config(enabled=source_is_enabled('bitrix24')) }}

with deals as (
    select
        *,
        nullif(contact_id, '0') as buyer_id
    from {{ source('bitrix24', 'deal') }}
),

contacts as (
    select * from {{ source('bitrix24', 'contact') }}
),

statuses as (
    select * from {{ ref('stg_bitrix24__statuses') }}
),

owners as (
    select * from {{ ref('stg_bitrix24__owners') }}
),

judged as (
    select
        deals.*,
        contacts.email_hash as buyer_email_hash,
        coalesce(statuses.name, deals.stage_id) as stage_name,
        coalesce(deals.stage_semantic_id, statuses.semantics) as semantics,
        coalesce(owners.owner, deals.assigned_by_id) as owner_name,
        case
            when deals.utm_source is null and deals.utm_medium is null then coalesce(sources.name, deals.source_id)
        end as source_name
    from deals
    left join contacts on deals.buyer_id = contacts.id
    left join statuses on statuses.entity = 'deals' and deals.stage_id = statuses.status_id
    left join statuses as sources on sources.entity = 'sources' and deals.source_id = sources.status_id
    left join owners on deals.assigned_by_id = owners.owner_id
),

renamed as (
    select
        'bitrix24' as source,
        id as deal_id,
        {{ read_timestamp('date_create') }} as created_at,
        {{ is_date_only('date_create') }} as created_at_is_date,
        nullif(lead_id, '0') as lead_id,
        nullif(company_id, '0') as customer_id,
        coalesce(person_id, 'bitrix24-contact-' || buyer_id) as person_id,
        buyer_email_hash as email_hash,
        owner_name as owner,
        stage_name as stage,
        case semantics when 'S' then 'won' when 'F' then 'lost' end as status,
        try_cast(opportunity as decimal(21, 6)) as amount,
        upper(currency_id) as currency,
        try_cast(units as decimal(21, 6)) as units,
        product,
        try_cast(cost_of_goods as decimal(21, 6)) as cost_of_goods,
        {{ read_timestamp(only_day('closedate')) }} as closed_at,
        closedate is not null as closed_at_is_date,
        coalesce(lost_reason, case when semantics = 'F' then stage_name end) as lost_reason,
        cast(try_cast(probability as decimal(21, 6)) * 0.01 as decimal(21, 6)) as probability,
        coalesce(channel, source_name) as channel,
        campaign_id,
        coalesce(campaign_name, utm_campaign) as campaign_name,
        utm_source,
        utm_medium,
        utm_campaign,
        utm_content,
        utm_term,
        {{ read_timestamp('date_modify') }} as updated_at,
        {{ is_date_only('date_modify') }} as updated_at_is_date,
        false as is_deleted,
        _file,
        _row,
        _load_id,
        _loaded_at,
        _unreadable
    from judged
)

select * from renamed
