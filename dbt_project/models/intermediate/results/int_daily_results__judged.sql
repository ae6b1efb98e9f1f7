-- Every row of sums by day with its days, currency, rate, channel and campaign, and whether it is refused.
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
    from {{ ref('int_daily_results__rows') }}
),

resolved as (
    select
        keyed.source,
        keyed.platform,
        keyed.channel as channel_given,
        coalesce(channels.channel, 'unmapped') as channel,
        {{ campaign_label('keyed') }} as campaign,
        keyed.campaign_id,
        keyed.campaign_name,
        keyed.utm_source,
        keyed.utm_medium,
        keyed.utm_campaign,
        keyed.first_day,
        keyed.last_day,
        keyed.impressions,
        keyed.clicks,
        keyed.visitors,
        keyed.leads,
        keyed.qualified_leads,
        keyed.opportunities,
        keyed.won_deals,
        keyed.revenue,
        coalesce(keyed.currency, currencies.currency, workspace.reporting_currency) as currency,
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
    {{ join_campaign_matches('keyed') }}
),

{{ judged('resolved', daily_results_refusal_rules()) }}

select * from judged
