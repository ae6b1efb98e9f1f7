-- Every campaign: those with ad spend by platform, account and campaign id; those that only leads, deals or costs name
-- by channel and label.
with ad_spend as (
    select * from {{ ref('int_ad_spend') }}
),

only_named as (
    select * from {{ ref('int_campaign_labels') }} where is_only_named
),

advertised as (
    select
        {{ campaign_key() }} as campaign_key,
        max_by(source, cast(date as varchar) || source) as source,
        max(platform) as platform,
        coalesce(account_id, '') as account_id,
        max(account_name) as account_name,
        coalesce(campaign_id, '') as campaign_id,
        -- the newest; of several on one day the last by name, so that the order of rows decides nothing
        max_by(campaign, cast(date as varchar) || campaign) as campaign,
        max_by(channel, cast(date as varchar) || channel) as channel,
        min(case when spend <> 0 then date end) as first_spend_date,
        max(case when spend <> 0 then date end) as last_spend_date
    from ad_spend
    group by {{ campaign_key() }}, coalesce(account_id, ''), coalesce(campaign_id, '')
),

-- the leads' side: by the campaign they are matched to, else by channel and label
matched_leads as (
    select
        coalesce(campaign_key, '|' || channel || '|' || campaign) as campaign_key,
        count(*) as leads
    from {{ ref('int_leads') }}
    where counts
    group by coalesce(campaign_key, '|' || channel || '|' || campaign)
),

campaigns as (
    select
        campaign_key,
        source,
        platform,
        account_id,
        account_name,
        campaign_id,
        campaign,
        channel,
        first_spend_date,
        last_spend_date
    from advertised
    union all
    select
        campaign_key,
        cast(null as varchar) as source,
        cast(null as varchar) as platform,
        cast(null as varchar) as account_id,
        cast(null as varchar) as account_name,
        cast(null as varchar) as campaign_id,
        campaign,
        channel,
        cast(null as date) as first_spend_date,
        cast(null as date) as last_spend_date
    from only_named
),

joined as (
    select
        campaigns.*,
        campaigns.source is not null as has_ad_spend,
        cast(coalesce(matched_leads.leads, 0) as bigint) as leads
    from campaigns
    left join matched_leads on campaigns.campaign_key = matched_leads.campaign_key
)

select * from joined
