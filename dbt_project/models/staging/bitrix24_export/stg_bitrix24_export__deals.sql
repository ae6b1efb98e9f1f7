{{ config(enabled=source_is_enabled('bitrix24_export')) }}

with records as (
    select
        *,
        case lower(stage)
            when 'сделка успешна' then 'won'
            when 'сделка провалена' then 'lost'
        end as status
    from {{ source('bitrix24_export', 'deal') }}
),

renamed as (
    select
        'bitrix24_export' as source,
        id as deal_id,
        {{ read_timestamp('created_at') }} as created_at,
        {{ is_date_only('created_at') }} as created_at_is_date,
        lead_id,
        customer_id,
        person_id,
        email_hash,
        owner,
        stage,
        status,
        try_cast(price as decimal(21, 6)) as amount,
        upper(currency) as currency,
        try_cast(units as decimal(21, 6)) as units,
        product,
        try_cast(cost_of_goods as decimal(21, 6)) as cost_of_goods,
        {{ read_timestamp(only_day('closed_at')) }} as closed_at,
        closed_at is not null as closed_at_is_date,
        coalesce(lost_reason, case when status = 'lost' then stage end) as lost_reason,
        coalesce(channel, case when utm_source is null and utm_medium is null then lead_source end) as channel,
        utm_id as campaign_id,
        coalesce(campaign_name, utm_campaign) as campaign_name,
        utm_source,
        utm_medium,
        utm_campaign,
        utm_content,
        utm_term,
        {{ read_timestamp('updated_at') }} as updated_at,
        {{ is_date_only('updated_at') }} as updated_at_is_date,
        false as is_deleted,
        _file,
        _row,
        _load_id,
        _loaded_at,
        _unreadable
    from records
)

select * from renamed
