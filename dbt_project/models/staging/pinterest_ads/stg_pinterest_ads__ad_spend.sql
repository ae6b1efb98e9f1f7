{{ config(enabled=source_is_enabled('pinterest_ads')) }}

with stats as (
    select * from {{ ref('stg_pinterest_ads__stats') }}
),

accounts as (
    {{ newest_version(source('pinterest_ads', 'advertiser_history'), ['id'], ['_fivetran_synced']) }}
),

campaigns as (
    {{ newest_version(source('pinterest_ads', 'campaign_history'), ['advertiser_id', 'id'], ['_fivetran_synced']) }}
),

ad_groups as (
    {{ newest_version(source('pinterest_ads', 'ad_group_history'), ['campaign_id', 'id'], ['_fivetran_synced']) }}
),

ads as (
    {{ newest_version(source('pinterest_ads', 'pin_promotion_history'), ['ad_group_id', 'id'], ['_fivetran_synced']) }}
),

named as (
    select
        'pinterest_ads' as source,
        'pinterest_ads' as platform,
        stats.advertiser_id as account_id,
        accounts.name as account_name,
        stats.campaign_id,
        campaigns.name as campaign_name,
        stats.ad_group_id,
        ad_groups.name as ad_group_name,
        stats.ad_id,
        ads.name as ad_name,
        try_cast(stats.date as date) as date,
        coalesce(try_cast(stats.impression_1 as bigint), 0)
        + coalesce(try_cast(stats.impression_2 as bigint), 0) as impressions,
        coalesce(try_cast(stats.clickthrough_1 as bigint), 0)
        + coalesce(try_cast(stats.clickthrough_2 as bigint), 0) as clicks,
        {{ from_micros('stats.spend_in_micro_dollar') }} as spend,
        upper(accounts.currency) as currency,
        try_cast(stats.total_conversions as decimal(21, 6)) as platform_conversions,
        stats.spend_level,
        stats._file,
        stats._row,
        stats._load_id,
        stats._loaded_at,
        stats._unreadable
    from stats
    left join accounts on stats.advertiser_id = accounts.id
    left join campaigns on stats.advertiser_id = campaigns.advertiser_id and stats.campaign_id = campaigns.id
    left join ad_groups on stats.campaign_id = ad_groups.campaign_id and stats.ad_group_id = ad_groups.id
    left join ads on stats.ad_group_id = ads.ad_group_id and stats.ad_id = ads.id
)

select * from named
