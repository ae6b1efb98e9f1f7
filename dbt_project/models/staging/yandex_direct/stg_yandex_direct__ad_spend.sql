{{ config(enabled=source_is_enabled('yandex_direct')) }}

with campaigns as (
    select * from {{ source('yandex_direct', 'campaigns') }}
),

typed as (
    select
        *,
        try_cast(cost as decimal(24, 6)) as amount
    from campaigns
),

-- a report says nowhere whether its money is in millionths; money as written always has its decimals
judged as (
    select
        *,
        bool_and(
            amount is null or (cost not like '%.%' and amount % 10000 = 0)
        ) over (partition by _load_id) as is_micros
    from typed
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
        try_cast(amount * case when is_micros then 0.000001 else 1.000000 end as decimal(28, 6)) as spend,
        try_cast(conversions as decimal(21, 6)) as platform_conversions,
        'campaign' as spend_level,
        _file,
        _row,
        _load_id,
        _loaded_at,
        _unreadable
    from judged
)

select * from renamed
