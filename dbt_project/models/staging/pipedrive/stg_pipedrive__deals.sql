{{ config(enabled=source_is_enabled('pipedrive')) }}

with deals as (
    select
        *,
        coalesce(close_time, won_time, lost_time) as ended_at
    from {{ source('pipedrive', 'deal') }}
),

renamed as (
    select
        'pipedrive' as source,
        deals.id as deal_id,
        {{ read_timestamp('deals.add_time') }} as created_at,
        {{ is_date_only('deals.add_time') }} as created_at_is_date,
        'deal-' || deals.id as lead_id,
        deals.org_id as customer_id,
        coalesce(deals.known_person, 'pipedrive-person-' || deals.person_id) as person_id,
        people.email_hash,
        coalesce(users.name, deals.owner_id) as owner,
        coalesce(stages.name, deals.stage_id) as stage,
        case when lower(deals.status) in ('won', 'lost') then lower(deals.status) end as status,
        try_cast(deals.value as decimal(21, 6)) as amount,
        upper(deals.currency) as currency,
        try_cast(deals.units as decimal(21, 6)) as units,
        deals.product,
        try_cast(deals.cost_of_goods as decimal(21, 6)) as cost_of_goods,
        {{ read_timestamp('deals.ended_at') }} as closed_at,
        {{ is_date_only('deals.ended_at') }} as closed_at_is_date,
        deals.lost_reason,
        cast(try_cast(deals.probability as decimal(21, 6)) * 0.01 as decimal(21, 6)) as probability,
        deals.marketing_channel as channel,
        deals.campaign_id,
        coalesce(deals.campaign_name, deals.utm_campaign) as campaign_name,
        deals.utm_source,
        deals.utm_medium,
        deals.utm_campaign,
        deals.utm_content,
        deals.utm_term,
        {{ read_timestamp('deals.update_time') }} as updated_at,
        {{ is_date_only('deals.update_time') }} as updated_at_is_date,
        coalesce(try_cast(deals.is_deleted as boolean), false) or coalesce(deals.status = 'deleted', false)
            as is_deleted,
        deals._file,
        deals._row,
        deals._load_id,
        deals._loaded_at,
        deals._unreadable
    from deals
    left join {{ source('pipedrive', 'stage') }} as stages on deals.stage_id = stages.id
    left join {{ ref('stg_pipedrive__people') }} as people on deals.person_id = people.person
    left join {{ source('pipedrive', 'user') }} as users on deals.owner_id = users.id
)

select * from renamed
