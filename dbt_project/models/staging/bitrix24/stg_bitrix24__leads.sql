{{ config(enabled=source_is_enabled('bitrix24')) }}

with leads as (
    select * from {{ source('bitrix24', 'lead') }}
),

statuses as (
    select * from {{ ref('stg_bitrix24__statuses') }}
),

owners as (
    select * from {{ ref('stg_bitrix24__owners') }}
),

judged as (
    select
        leads.*,
        coalesce(statuses.name, leads.status_id) as status_name,
        coalesce(leads.status_semantic_id, statuses.semantics) as semantics,
        coalesce(owners.owner, leads.assigned_by_id) as owner_name,
        case
            when leads.utm_source is null and leads.utm_medium is null then coalesce(sources.name, leads.source_id)
        end as source_name
    from leads
    left join statuses on statuses.entity = 'leads' and leads.status_id = statuses.status_id
    left join statuses as sources on sources.entity = 'sources' and leads.source_id = sources.status_id
    left join owners on leads.assigned_by_id = owners.owner_id
),

ended as (
    select
        *,
        coalesce(qualified_at, case when semantics = 'S' then coalesce(date_closed, date_modify) end) as qualified_on
    from judged
),

renamed as (
    select
        'bitrix24' as source,
        id as lead_id,
        {{ read_timestamp('date_create') }} as created_at,
        {{ is_date_only('date_create') }} as created_at_is_date,
        email_hash,
        phone_hash,
        coalesce(person_id, 'bitrix24-contact-' || nullif(contact_id, '0')) as person_id,
        _full_name_hash as full_name_hash,
        company_title as company,
        address_country as country,
        owner_name as owner,
        {{ stage_as_meant('status_name', "case semantics when 'S' then 'qualified' when 'F' then 'lost' end") }}
            as stage,
        lead_quality,
        {{ read_timestamp('qualified_on') }} as qualified_at,
        {{ is_date_only('qualified_on') }} as qualified_at_is_date,
        {{ read_timestamp('first_response_at') }} as first_response_at,
        {{ is_date_only('first_response_at') }} as first_response_at_is_date,
        cast(round(try_cast(response_seconds as decimal(18, 6))) as bigint) as response_seconds,
        coalesce(disqualified_reason, case when semantics = 'F' then status_name end) as disqualified_reason,
        utm_source,
        utm_medium,
        utm_campaign,
        utm_content,
        utm_term,
        coalesce(channel, source_name) as channel,
        campaign_id,
        coalesce(campaign_name, utm_campaign) as campaign_name,
        landing_page,
        product,
        {{ read_timestamp('date_modify') }} as updated_at,
        {{ is_date_only('date_modify') }} as updated_at_is_date,
        false as is_deleted,
        _file,
        _row,
        _load_id,
        _loaded_at,
        _unreadable
    from ended
)

select * from renamed
