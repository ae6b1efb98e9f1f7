{{ config(enabled=source_is_enabled('reddit_ads')) }}

with stats as (
    select * from {{ ref('stg_reddit_ads__stats') }}
),

accounts as (
    {{ newest_version(source('reddit_ads', 'account'), ['id'], ['_fivetran_synced']) }}
),

campaigns as (
    {{ newest_version(source('reddit_ads', 'campaign'), ['account_id', 'id'], ['_fivetran_synced']) }}
),

ad_groups as (
    {{ newest_version(source('reddit_ads', 'ad_group'), ['id'], ['_fivetran_synced']) }}
),

ads as (
    {{ newest_version(source('reddit_ads', 'ad'), ['id'], ['_fivetran_synced']) }}
),

-- clicks count for a month and views for a day, as is Reddit's default; only events that are a result are taken
conversions as (
    select
        account_id,
        campaign_id,
        date,
        sum(
            coalesce(try_cast(click_through_conversion_attribution_window_month as decimal(21, 6)), 0)
            + coalesce(try_cast(view_through_conversion_attribution_window_day as decimal(21, 6)), 0)
        ) as platform_conversions
    from {{ source('reddit_ads', 'campaign_conversions') }}
    where lower(event_name) in ('lead', 'purchase', 'sign_up')
    group by account_id, campaign_id, date
),

-- what an ad and an ad group belong to stands in their histories
placed as (
    select
        stats.*,
        coalesce(stats.campaign_id, ads.campaign_id, ad_groups.campaign_id) as of_campaign_id,
        coalesce(stats.ad_group_id, ads.ad_group_id) as of_ad_group_id,
        ad_groups.name as ad_group_name,
        ads.name as ad_name
    from stats
    left join ads on stats.ad_id = ads.id
    left join ad_groups on coalesce(stats.ad_group_id, ads.ad_group_id) = ad_groups.id
),

named as (
    select
        'reddit_ads' as source,
        'reddit_ads' as platform,
        placed.account_id,
        cast(null as varchar) as account_name,
        placed.of_campaign_id as campaign_id,
        campaigns.name as campaign_name,
        placed.of_ad_group_id as ad_group_id,
        placed.ad_group_name,
        placed.ad_id,
        placed.ad_name,
        try_cast(placed.date as date) as date,
        try_cast(placed.impressions as bigint) as impressions,
        try_cast(placed.clicks as bigint) as clicks,
        {{ from_micros('placed.spend') }} as spend,
        upper(accounts.currency) as currency,
        cast(conversions.platform_conversions as decimal(28, 6)) as platform_conversions,
        placed.spend_level,
        placed._file,
        placed._row,
        placed._load_id,
        placed._loaded_at,
        placed._unreadable
    from placed
    left join campaigns on placed.account_id = campaigns.account_id and placed.of_campaign_id = campaigns.id
    left join conversions
        on
            placed.account_id = conversions.account_id
            and case when placed.row_of_campaign_and_day = 1 then placed.campaign_id end = conversions.campaign_id
            and placed.date = conversions.date
    left join accounts on placed.account_id = accounts.id
)

select * from named
