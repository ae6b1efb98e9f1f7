{{ config(alias='unmatched_spend') }}

-- Ad spend by value that no lead refers to: broken tracking, or names that only a rule can bring together.
with spend as (
    select
        {{ campaign_key() }} as campaign_key,
        max_by(source, cast(date as varchar) || source) as source,
        max(platform) as platform,
        account_id,
        max(account_name) as account_name,
        campaign_id,
        max_by(campaign, cast(date as varchar) || campaign) as campaign,
        max_by(channel, cast(date as varchar) || channel) as channel,
        sum(spend) as spend,
        sum(clicks) as clicks,
        min(case when spend <> 0 then date end) as first_spend_date,
        max(case when spend <> 0 then date end) as last_spend_date
    from {{ ref('int_ad_spend') }}
    where counts
    group by {{ campaign_key() }}, account_id, campaign_id
    having sum(spend) > 0
),

leads as (
    select distinct campaign_key from {{ ref('int_leads') }} where counts and campaign_key is not null
),

touches as (
    select campaign_key, count(*) as touches
    from {{ ref('int_touches') }}
    where campaign_key is not null
    group by campaign_key
),

-- leads that could mean this campaign, but another one as well
perhaps as (
    select candidates.campaign_key, count(*) as leads
    from {{ ref('int_leads') }} as leads
    inner join {{ ref('int_leads__rows') }} as rows on leads.lead_key = rows.lead_key and rows.fate = 'kept'
    inner join {{ ref('int_campaign_matches') }} as matches on rows.channel_key = matches.channel_key
    inner join {{ ref('int_campaign_matches__candidates') }} as candidates
        on matches.channel_key = candidates.channel_key and matches.step = candidates.step
    where leads.counts and matches.campaign_match = 'ambiguous'
    group by candidates.campaign_key
),

unmatched as (
    select
        spend.source,
        spend.platform,
        spend.account_id,
        spend.account_name,
        spend.campaign_id,
        spend.campaign,
        spend.channel,
        cast(case
            when spend.campaign_id is null then 'no_campaign'
            when perhaps.campaign_key is not null then 'ambiguous'
            else 'no_lead'
        end as varchar) as reason,
        cast(spend.spend as decimal(38, 6)) as spend,
        cast(spend.clicks as bigint) as clicks,
        cast(coalesce(touches.touches, 0) as bigint) as touches,
        cast(coalesce(perhaps.leads, 0) as bigint) as ambiguous_leads,
        spend.first_spend_date,
        spend.last_spend_date
    from spend
    left join leads on spend.campaign_key = leads.campaign_key
    left join touches on spend.campaign_key = touches.campaign_key
    left join perhaps on spend.campaign_key = perhaps.campaign_key
    where leads.campaign_key is null
    order by spend desc, spend.campaign_key asc
)

select * from unmatched
