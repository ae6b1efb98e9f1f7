{{ config(enabled=source_is_enabled('google_ads')) }}

with stats as (
    select * from {{ ref('stg_google_ads__stats') }}
),

accounts as (
    {{ newest_version(source('google_ads', 'account_history'), ['id'], ['updated_at']) }}
),

campaigns as (
    {{ newest_version(source('google_ads', 'campaign_history'), ['customer_id', 'id'], ['updated_at']) }}
),

ad_groups as (
    {{ newest_version(source('google_ads', 'ad_group_history'), ['campaign_id', 'id'], ['updated_at']) }}
),

ads as (
    {{ newest_version(source('google_ads', 'ad_history'), ['ad_group_id', 'id'], ['updated_at']) }}
),

named as (
    select
        'google_ads' as source,
        'google_ads' as platform,
        stats.customer_id as account_id,
        accounts.descriptive_name as account_name,
        stats.campaign_id,
        campaigns.name as campaign_name,
        stats.ad_group_id,
        ad_groups.name as ad_group_name,
        stats.ad_id,
        ads.name as ad_name,
        try_cast(stats.date as date) as date,
        try_cast(stats.impressions as bigint) as impressions,
        try_cast(stats.clicks as bigint) as clicks,
        {{ from_micros('stats.cost_micros') }} as spend,
        upper(accounts.currency_code) as currency,
        try_cast(stats.conversions as decimal(21, 6)) as platform_conversions,
        stats.spend_level,
        stats._file,
        stats._row,
        stats._load_id,
        stats._loaded_at,
        stats._unreadable
    from stats
    left join accounts on stats.customer_id = accounts.id
    left join campaigns on stats.customer_id = campaigns.customer_id and stats.campaign_id = campaigns.id
    left join ad_groups on stats.campaign_id = ad_groups.campaign_id and stats.ad_group_id = ad_groups.id
    left join ads on stats.ad_group_id = ads.ad_group_id and stats.ad_id = ads.id
)

select * from named
