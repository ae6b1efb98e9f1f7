-- Which campaign a channel and a label mean: the one whose ads bore the label there, else the one that is only named.
-- A label that several campaigns of a channel bear means none.
with ad_spend as (
    select * from {{ ref('int_ad_spend') }}
),

named as (
    select channel, campaign from {{ ref('int_kpi_events_channel') }}
    union
    select channel, campaign from {{ ref('int_leads') }}
    union
    select channel, campaign from {{ ref('int_deals') }}
    union
    select channel, campaign from {{ ref('int_daily_results') }}
),

advertised as (
    select
        channel,
        campaign,
        min({{ campaign_key() }}) as campaign_key,
        count(distinct {{ campaign_key() }}) as campaigns
    from ad_spend
    where campaign is not null
    group by channel, campaign
),

labels as (
    select
        channel,
        campaign,
        campaign_key,
        false as is_only_named
    from advertised
    where campaigns = 1
    union all
    select
        named.channel,
        named.campaign,
        '|' || named.channel || '|' || named.campaign as campaign_key,
        true as is_only_named
    from named
    left join advertised on named.channel = advertised.channel and named.campaign = advertised.campaign
    where advertised.channel is null and named.channel is not null and named.campaign is not null
)

select * from labels
