{{ config(enabled=source_is_enabled('linkedin_ads_report')) }}

with campaigns as (
    select * from {{ source('linkedin_ads_report', 'campaigns') }}
),

renamed as (
    select
        'linkedin_ads_report' as source,
        'linkedin_ads' as platform,
        coalesce(account_id, account_name) as account_id,
        account_name,
        campaign_id,
        campaign_name,
        try_cast(date as date) as date,
        try_cast(impressions as bigint) as impressions,
        try_cast(clicks as bigint) as clicks,
        try_cast(total_spent as decimal(21, 6)) as spend,
        upper(currency) as currency,
        coalesce(try_cast(conversions as decimal(21, 6)), 0)
        + coalesce(try_cast(leads as decimal(21, 6)), 0) as platform_conversions,
        'campaign' as spend_level,
        _file,
        _row,
        _load_id,
        _loaded_at,
        _unreadable
    from campaigns
)

select * from renamed
