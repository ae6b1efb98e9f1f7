{{ config(enabled=source_is_enabled('linkedin_ads')) }}

with stats as (
    select * from {{ ref('stg_linkedin_ads__stats') }}
),

accounts as (
    {{ newest_version(source('linkedin_ads', 'account_history'), ['id'], ['last_modified_time']) }}
),

campaigns as (
    {{ newest_version(source('linkedin_ads', 'campaign_history'), ['id'], ['last_modified_time']) }}
),

ads as (
    {{ newest_version(source('linkedin_ads', 'creative_history'), ['id'], ['last_modified_at']) }}
),

-- what a creative belongs to stands in its history
placed as (
    select
        stats.*,
        coalesce(stats.campaign_id, ads.campaign_id) as of_campaign_id,
        ads.name as ad_name
    from stats
    left join ads on stats.ad_id = ads.id
),

named as (
    select
        'linkedin_ads' as source,
        'linkedin_ads' as platform,
        campaigns.account_id,
        accounts.name as account_name,
        placed.of_campaign_id as campaign_id,
        campaigns.name as campaign_name,
        placed.ad_id,
        placed.ad_name,
        try_cast(placed.day as date) as date,
        try_cast(placed.impressions as bigint) as impressions,
        try_cast(placed.clicks as bigint) as clicks,
        -- LinkedIn leaves empty what is zero
        coalesce(try_cast(placed.cost_in_local_currency as decimal(21, 6)), 0) as spend,
        upper(accounts.currency) as currency,
        cast(
            coalesce(try_cast(placed.external_website_conversions as decimal(21, 6)), 0)
            + coalesce(try_cast(placed.one_click_leads as decimal(21, 6)), 0)
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
    left join accounts on campaigns.account_id = accounts.id
)

select * from named
