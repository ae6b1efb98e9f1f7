{{ config(enabled=source_is_enabled('google_ads_api')) }}

with campaigns as (
    select * from {{ source('google_ads_api', 'campaigns') }}
),

renamed as (
    select
        'google_ads_api' as source,
        'google_ads' as platform,
        customer_id as account_id,
        customer_name as account_name,
        campaign_id,
        campaign_name,
        try_cast(date as date) as date,
        try_cast(impressions as bigint) as impressions,
        try_cast(clicks as bigint) as clicks,
        {{ from_micros('cost_micros') }} as spend,
        upper(currency_code) as currency,
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
