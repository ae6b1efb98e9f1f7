with source_rows as (
    select * from {{ source('sheets', 'ad_spend') }}
),

renamed as (
    select
        coalesce(source, 'sheets') as source,
        platform,
        channel,
        utm_source,
        utm_medium,
        utm_campaign,
        account_id,
        account_name,
        campaign_id,
        campaign_name,
        ad_group_id,
        ad_group_name,
        ad_id,
        ad_name,
        try_cast(date as date) as date,
        try_cast(start_date as date) as start_date,
        try_cast(end_date as date) as end_date,
        try_cast(impressions as bigint) as impressions,
        try_cast(clicks as bigint) as clicks,
        try_cast(spend as decimal(21, 6)) as spend,
        upper(currency) as currency,
        try_cast(platform_conversions as decimal(21, 6)) as platform_conversions,
        cast(null as varchar) as spend_level,
        _file,
        _row,
        _load_id,
        _loaded_at,
        _unreadable
    from source_rows
)

select * from renamed
