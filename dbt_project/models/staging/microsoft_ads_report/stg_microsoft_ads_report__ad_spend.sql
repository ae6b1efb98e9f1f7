{{ config(enabled=source_is_enabled('microsoft_ads_report')) }}

with campaigns as (
    select * from {{ source('microsoft_ads_report', 'campaigns') }}
),

renamed as (
    select
        'microsoft_ads_report' as source,
        'microsoft_ads' as platform,
        coalesce(account_id, account_number, account_name) as account_id,
        account_name,
        campaign_id,
        campaign_name,
        try_cast(date as date) as date,
        try_cast(impressions as bigint) as impressions,
        try_cast(clicks as bigint) as clicks,
        try_cast(spend as decimal(21, 6)) as spend,
        upper(currency) as currency,
        try_cast(conversions as decimal(21, 6)) as platform_conversions,
        'campaign' as spend_level,
        _file,
        _row,
        _load_id,
        _loaded_at,
        _unreadable
    from campaigns
)

select * from renamed
