{{ config(enabled=source_is_enabled('microsoft_ads')) }}

with stats as (
    select * from {{ ref('stg_microsoft_ads__stats') }}
),

accounts as (
    {{ newest_version(source('microsoft_ads', 'account_history'), ['id'], ['last_modified_time']) }}
),

campaigns as (
    {{ newest_version(source('microsoft_ads', 'campaign_history'), ['account_id', 'id'], ['modified_time']) }}
),

ad_groups as (
    {{ newest_version(source('microsoft_ads', 'ad_group_history'), ['campaign_id', 'id'], ['modified_time']) }}
),

ads as (
    {{ newest_version(source('microsoft_ads', 'ad_history'), ['ad_group_id', 'id'], ['modified_time']) }}
),

named as (
    select
        'microsoft_ads' as source,
        'microsoft_ads' as platform,
        stats.account_id,
        accounts.name as account_name,
        stats.campaign_id,
        campaigns.name as campaign_name,
        stats.ad_group_id,
        ad_groups.name as ad_group_name,
        stats.ad_id,
        coalesce(ads.title, ads.title_part_1) as ad_name,
        try_cast(stats.date as date) as date,
        try_cast(stats.impressions as bigint) as impressions,
        try_cast(stats.clicks as bigint) as clicks,
        try_cast(stats.spend as decimal(21, 6)) as spend,
        upper(coalesce(stats.currency_code, accounts.currency_code)) as currency,
        try_cast(coalesce(stats.conversions, stats.conversions_qualified) as decimal(28, 6)) as platform_conversions,
        stats.spend_level,
        stats._file,
        stats._row,
        stats._load_id,
        stats._loaded_at,
        stats._unreadable
    from stats
    left join accounts on stats.account_id = accounts.id
    left join campaigns on stats.account_id = campaigns.account_id and stats.campaign_id = campaigns.id
    left join ad_groups on stats.campaign_id = ad_groups.campaign_id and stats.ad_group_id = ad_groups.id
    left join ads on stats.ad_group_id = ads.ad_group_id and stats.ad_id = ads.id
)

select * from named
