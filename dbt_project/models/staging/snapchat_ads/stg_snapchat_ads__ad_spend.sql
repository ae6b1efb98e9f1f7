{{ config(enabled=source_is_enabled('snapchat_ads')) }}

with stats as (
    select * from {{ ref('stg_snapchat_ads__stats') }}
),

accounts as (
    {{ newest_version(source('snapchat_ads', 'ad_account_history'), ['id'], ['_fivetran_synced']) }}
),

campaigns as (
    {{ newest_version(source('snapchat_ads', 'campaign_history'), ['id'], ['_fivetran_synced']) }}
),

ad_groups as (
    {{ newest_version(source('snapchat_ads', 'ad_squad_history'), ['id'], ['_fivetran_synced']) }}
),

ads as (
    {{ newest_version(source('snapchat_ads', 'ad_history'), ['id'], ['_fivetran_synced']) }}
),

-- what an ad and an ad group belong to stands in their histories
placed as (
    select
        stats.*,
        coalesce(stats.campaign_id, ad_groups.campaign_id) as of_campaign_id,
        coalesce(stats.ad_group_id, ads.ad_squad_id) as of_ad_group_id,
        ad_groups.name as ad_group_name,
        ads.name as ad_name
    from stats
    left join ads on stats.ad_id = ads.id
    left join ad_groups on coalesce(stats.ad_group_id, ads.ad_squad_id) = ad_groups.id
),

named as (
    select
        'snapchat_ads' as source,
        'snapchat_ads' as platform,
        campaigns.ad_account_id as account_id,
        accounts.name as account_name,
        placed.of_campaign_id as campaign_id,
        campaigns.name as campaign_name,
        placed.of_ad_group_id as ad_group_id,
        placed.ad_group_name,
        placed.ad_id,
        placed.ad_name,
        {{ account_day('placed.date', 'accounts.timezone', 'snapchat_ads') }} as date,
        try_cast(placed.impressions as bigint) as impressions,
        try_cast(placed.swipes as bigint) as clicks,
        {{ from_micros('placed.spend') }} as spend,
        upper(accounts.currency) as currency,
        cast(
            coalesce(try_cast(placed.conversion_purchases as decimal(21, 6)), 0)
            + coalesce(try_cast(placed.conversion_sign_ups as decimal(21, 6)), 0)
            as decimal(28, 6)
        ) as platform_conversions,
        placed.spend_level,
        placed._file,
        placed._row,
        placed._load_id,
        placed._loaded_at,
        placed._unreadable
    from placed
    left join campaigns on placed.of_campaign_id = campaigns.id
    left join accounts on campaigns.ad_account_id = accounts.id
)

select * from named
