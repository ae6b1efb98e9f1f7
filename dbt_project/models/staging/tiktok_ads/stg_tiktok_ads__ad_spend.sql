{{ config(enabled=source_is_enabled('tiktok_ads')) }}

with stats as (
    select * from {{ ref('stg_tiktok_ads__stats') }}
),

accounts as (
    {{ newest_version(source('tiktok_ads', 'advertiser'), ['id'], ['_fivetran_synced']) }}
),

campaigns as (
    {{ newest_version(source('tiktok_ads', 'campaign_history'), ['campaign_id'], ['updated_at']) }}
),

ad_groups as (
    {{ newest_version(source('tiktok_ads', 'adgroup_history'), ['adgroup_id'], ['updated_at']) }}
),

ads as (
    {{ newest_version(source('tiktok_ads', 'ad_history'), ['ad_id'], ['updated_at']) }}
),

-- what an ad and an ad group belong to stands in their histories
placed as (
    select
        stats.*,
        coalesce(stats.campaign_id, ads.campaign_id, ad_groups.campaign_id) as of_campaign_id,
        coalesce(stats.ad_group_id, ads.adgroup_id) as of_ad_group_id,
        ad_groups.adgroup_name as ad_group_name,
        ads.ad_name
    from stats
    left join ads on stats.ad_id = ads.ad_id
    left join ad_groups on coalesce(stats.ad_group_id, ads.adgroup_id) = ad_groups.adgroup_id
),

named as (
    select
        'tiktok_ads' as source,
        'tiktok_ads' as platform,
        campaigns.advertiser_id as account_id,
        accounts.name as account_name,
        placed.of_campaign_id as campaign_id,
        campaigns.campaign_name,
        placed.of_ad_group_id as ad_group_id,
        placed.ad_group_name,
        placed.ad_id,
        placed.ad_name,
        {{ account_day('placed.stat_time_hour', 'accounts.timezone', 'tiktok_ads') }} as date,
        try_cast(placed.impressions as bigint) as impressions,
        try_cast(placed.clicks as bigint) as clicks,
        try_cast(placed.spend as decimal(21, 6)) as spend,
        upper(accounts.currency) as currency,
        try_cast(placed.conversion as decimal(21, 6)) as platform_conversions,
        placed.spend_level,
        placed._file,
        placed._row,
        placed._load_id,
        placed._loaded_at,
        placed._unreadable
    from placed
    left join campaigns on placed.of_campaign_id = campaigns.campaign_id
    left join accounts on campaigns.advertiser_id = accounts.id
)

select * from named
