{{ config(enabled=source_is_enabled('yandex_direct')) }}

with campaigns as (
    select * from {{ source('yandex_direct', 'campaigns') }}
),

renamed as (
    select
        'yandex_direct' as source,
        'yandex_direct' as platform,
        account_id,
        campaign_id,
        campaign_name,
        try_cast(date as date) as date,
        try_cast(impressions as bigint) as impressions,
        try_cast(clicks as bigint) as clicks,
        try_cast(cost as decimal(18, 6)) as spend,
        try_cast(conversions as decimal(18, 6)) as platform_conversions,
        'campaign' as spend_level,
        _file,
        _row,
        _load_id,
        _loaded_at,
        _unreadable
    from campaigns
)

select * from renamed
