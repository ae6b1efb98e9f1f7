{{ config(enabled=source_is_enabled('facebook_ads')) }}

with statistics as (
    select
        *,
        row_number() over (partition by ad_id, date order by _load_id, _file, _row) as row_of_ad_and_day
    from {{ source('facebook_ads', 'basic_ad') }}
),

-- `lead` and the pixel's lead are the same leads counted twice: one of them is taken
leads as (
    select
        ad_id,
        date,
        coalesce(
            sum(case when action_type = 'lead' then try_cast(value as decimal(21, 6)) end),
            sum(case when action_type = 'offsite_conversion.fb_pixel_lead' then try_cast(value as decimal(21, 6)) end)
        ) as platform_conversions
    from {{ source('facebook_ads', 'basic_ad_actions') }}
    group by ad_id, date
),

accounts as (
    {{ newest_version(source('facebook_ads', 'account_history'), ['id'], ['_fivetran_synced']) }}
),

campaigns as (
    {{ newest_version(source('facebook_ads', 'campaign_history'), ['id'], ['updated_time', '_fivetran_synced']) }}
),

ad_sets as (
    {{ newest_version(source('facebook_ads', 'ad_set_history'), ['id'], ['updated_time', '_fivetran_synced']) }}
),

ads as (
    {{ newest_version(source('facebook_ads', 'ad_history'), ['id'], ['updated_time', '_fivetran_synced']) }}
),

named as (
    select
        'facebook_ads' as source,
        'facebook_ads' as platform,
        statistics.account_id,
        accounts.name as account_name,
        coalesce(ads.campaign_id, ad_sets.campaign_id) as campaign_id,
        campaigns.name as campaign_name,
        ads.ad_set_id as ad_group_id,
        ad_sets.name as ad_group_name,
        statistics.ad_id,
        ads.name as ad_name,
        try_cast(statistics.date as date) as date,
        try_cast(statistics.impressions as bigint) as impressions,
        try_cast(statistics.inline_link_clicks as bigint) as clicks,
        try_cast(statistics.spend as decimal(21, 6)) as spend,
        upper(accounts.currency) as currency,
        cast(leads.platform_conversions as decimal(28, 6)) as platform_conversions,
        'ad' as spend_level,
        statistics._file,
        statistics._row,
        statistics._load_id,
        statistics._loaded_at,
        statistics._unreadable
    from statistics
    left join leads
        on
            case when statistics.row_of_ad_and_day = 1 then statistics.ad_id end = leads.ad_id
            and statistics.date = leads.date
    left join accounts on statistics.account_id = accounts.id
    left join ads on statistics.ad_id = ads.id
    left join ad_sets on ads.ad_set_id = ad_sets.id
    left join campaigns on coalesce(ads.campaign_id, ad_sets.campaign_id) = campaigns.id
)

select * from named
