-- Whatever a lead knows of a campaign (its id, utm_campaign or name) leads to the label that ad spend has it under;
-- what could mean several campaigns leads nowhere.
with spend as (
    select distinct
        coalesce(platform, '') as platform,
        campaign_id,
        campaign_name,
        utm_campaign
    from ({{ union_sources('ad_spend') }}) as ad_spend
),

names as (
    select * from {{ ref('int_campaign_names') }}
),

labelled as (
    select
        spend.campaign_id,
        spend.campaign_name,
        spend.utm_campaign,
        coalesce(names.campaign_name, spend.campaign_name, spend.utm_campaign, spend.campaign_id) as campaign
    from spend
    left join names on spend.platform = names.platform and spend.campaign_id = names.campaign_id
),

tokens as (
    select 'id' as kind, campaign_id as token, campaign from labelled
    union all
    select 'name' as kind, lower(campaign_name) as token, campaign from labelled
    union all
    select 'name' as kind, lower(campaign) as token, campaign from labelled
    union all
    select 'utm' as kind, lower(utm_campaign) as token, campaign from labelled
),

unambiguous as (
    select
        kind,
        token,
        min(campaign) as campaign
    from tokens
    where token is not null
    group by kind, token
    having count(distinct campaign) = 1
)

select * from unambiguous
