{{ config(meta={'parts': parts_row_by_row('int_ad_spend__rows', ['_load_id', '_row'])}) }}
-- Every row of ad spend with its days, currency, rate, channel, and whether it is refused.
with workspace as (
    select * from {{ source('settings', 'workspace') }}
),

currencies as (
    select * from {{ source('settings', 'sources') }}
),

rates as (
    select * from {{ ref('int_fx_rates_daily') }}
),

channels as (
    select * from {{ ref('int_channels') }}
),

keyed as (
    select
        *,
        coalesce(date, start_date) as first_day,
        coalesce(date, end_date) as last_day
    from {{ ref('int_ad_spend__rows') }}
),

-- an id falls back to its name, a campaign's to its utm_campaign; a currency to that of the source, then to the
-- reporting one
resolved as (
    select
        keyed.source,
        keyed.platform,
        keyed.channel as channel_given,
        coalesce(channels.channel, 'unmapped') as channel,
        keyed.utm_source,
        keyed.utm_medium,
        keyed.utm_campaign,
        coalesce(keyed.account_id, keyed.account_name) as account_id,
        keyed.account_name,
        coalesce(keyed.campaign_id, keyed.campaign_name, keyed.utm_campaign) as campaign_id,
        coalesce(
            keyed.campaign_name, case when keyed.campaign_id is null then keyed.utm_campaign end
        ) as campaign_name,
        case when keyed.campaign_id is null then coalesce(channels.channel, 'unmapped') end as campaign_scope,
        coalesce(keyed.ad_group_id, keyed.ad_group_name) as ad_group_id,
        keyed.ad_group_name,
        coalesce(keyed.ad_id, keyed.ad_name) as ad_id,
        keyed.ad_name,
        keyed.spend_level,
        keyed.first_day,
        keyed.last_day,
        keyed.impressions,
        keyed.clicks,
        keyed.spend,
        coalesce(keyed.currency, currencies.currency, workspace.reporting_currency) as currency,
        keyed.platform_conversions,
        workspace.today,
        workspace.reporting_currency,
        keyed._file,
        keyed._row,
        keyed._load_id,
        keyed._unreadable
    from keyed
    cross join workspace
    left join currencies on keyed.source = currencies.source
    left join channels on keyed.channel_key = channels.channel_key
),

{{ judged('resolved', ad_spend_refusal_rules()) }}

select * from judged
