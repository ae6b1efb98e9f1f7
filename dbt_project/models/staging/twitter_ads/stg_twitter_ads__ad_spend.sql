{{ config(enabled=source_is_enabled('twitter_ads')) }}

with stats as (
    select * from {{ ref('stg_twitter_ads__stats') }}
),

accounts as (
    {{ newest_version(source('twitter_ads', 'account_history'), ['id'], ['updated_at']) }}
),

campaigns as (
    {{ newest_version(source('twitter_ads', 'campaign_history'), ['account_id', 'id'], ['updated_at']) }}
),

ad_groups as (
    {{ newest_version(source('twitter_ads', 'line_item_history'), ['id'], ['updated_at']) }}
),

ads as (
    {{ newest_version(source('twitter_ads', 'promoted_tweet_history'), ['id'], ['updated_at']) }}
),

-- what an ad and an ad group belong to stands in their histories
placed as (
    select
        stats.*,
        coalesce(stats.campaign_id, ad_groups.campaign_id) as of_campaign_id,
        coalesce(stats.ad_group_id, ads.line_item_id) as of_ad_group_id,
        ad_groups.name as ad_group_name,
        cast(null as varchar) as ad_name
    from stats
    left join ads on stats.ad_id = ads.id
    left join ad_groups on coalesce(stats.ad_group_id, ads.line_item_id) = ad_groups.id
),

named as (
    select
        'twitter_ads' as source,
        'twitter_ads' as platform,
        placed.account_id,
        accounts.name as account_name,
        placed.of_campaign_id as campaign_id,
        campaigns.name as campaign_name,
        placed.of_ad_group_id as ad_group_id,
        placed.ad_group_name,
        placed.ad_id,
        placed.ad_name,
        {{ account_day('placed.date', 'accounts.timezone', 'twitter_ads') }} as date,
        try_cast(placed.impressions as bigint) as impressions,
        try_cast(placed.clicks as bigint) as clicks,
        {{ from_micros('placed.billed_charge_local_micro') }} as spend,
        upper(campaigns.currency) as currency,
        cast(
            coalesce(try_cast(placed.conversion_purchases_metric as decimal(21, 6)), 0)
            + coalesce(try_cast(placed.conversion_sign_ups_metric as decimal(21, 6)), 0)
            as decimal(28, 6)
        ) as platform_conversions,
        placed.spend_level,
        placed._file,
        placed._row,
        placed._load_id,
        placed._loaded_at,
        placed._unreadable
    from placed
    left join campaigns on placed.account_id = campaigns.account_id and placed.of_campaign_id = campaigns.id
    left join accounts on placed.account_id = accounts.id
)

select * from named
