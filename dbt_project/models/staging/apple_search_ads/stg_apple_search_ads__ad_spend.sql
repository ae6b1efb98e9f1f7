{{ config(enabled=source_is_enabled('apple_search_ads')) }}

with stats as (
    select * from {{ ref('stg_apple_search_ads__stats') }}
),

accounts as (
    {{ newest_version(source('apple_search_ads', 'organization'), ['id'], ['_fivetran_synced']) }}
),

campaigns as (
    {{ newest_version(source('apple_search_ads', 'campaign_history'), ['id'], ['modification_time']) }}
),

ad_groups as (
    {{ newest_version(source('apple_search_ads', 'ad_group_history'), ['id'], ['modification_time']) }}
),

ads as (
    {{ newest_version(source('apple_search_ads', 'ad_history'), ['id'], ['modification_time']) }}
),

-- what an ad and an ad group belong to stands in their histories
placed as (
    select
        stats.*,
        coalesce(stats.campaign_id, ad_groups.campaign_id) as of_campaign_id,
        coalesce(stats.ad_group_id, ads.ad_group_id) as of_ad_group_id,
        ad_groups.name as ad_group_name,
        ads.name as ad_name
    from stats
    left join ads on stats.ad_id = ads.id
    left join ad_groups on coalesce(stats.ad_group_id, ads.ad_group_id) = ad_groups.id
),

named as (
    select
        'apple_search_ads' as source,
        'apple_search_ads' as platform,
        campaigns.organization_id as account_id,
        accounts.name as account_name,
        placed.of_campaign_id as campaign_id,
        campaigns.name as campaign_name,
        placed.of_ad_group_id as ad_group_id,
        placed.ad_group_name,
        placed.ad_id,
        placed.ad_name,
        try_cast(placed.date as date) as date,
        try_cast(placed.impressions as bigint) as impressions,
        try_cast(placed.taps as bigint) as clicks,
        try_cast(placed.local_spend_amount as decimal(21, 6)) as spend,
        upper(coalesce(placed.local_spend_currency, accounts.currency)) as currency,
        try_cast(coalesce(placed.conversions, placed.tap_installs) as decimal(28, 6)) as platform_conversions,
        placed.spend_level,
        placed._file,
        placed._row,
        placed._load_id,
        placed._loaded_at,
        placed._unreadable
    from placed
    left join campaigns on placed.of_campaign_id = campaigns.id
    left join accounts on campaigns.organization_id = accounts.id
)

select * from named
