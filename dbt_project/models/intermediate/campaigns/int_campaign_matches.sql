-- Which campaign with ad spend every origin means: the first step that leaves exactly one. What could mean several is
-- not guessed; it has their label where they share it.
with origins as (
    select
        channels.channel_key,
        by_rule.campaign as rule_campaign,
        coalesce(channels.campaign_id, channels.campaign_name, channels.utm_campaign) is not null as names_one
    from {{ ref('int_channels') }} as channels
    left join {{ ref('int_campaigns__by_rule') }} as by_rule on channels.channel_key = by_rule.channel_key
),

candidates as (
    select * from {{ ref('int_campaign_matches__candidates') }}
),

steps as (
    select
        channel_key,
        step,
        min(campaign_match) as campaign_match,
        min(campaign_key) as campaign_key,
        count(distinct campaign_key) as campaigns,
        case when min(campaign) = max(campaign) then min(campaign) end as campaign
    from candidates
    group by channel_key, step
),

ranked as (
    select
        *,
        row_number() over (
            partition by channel_key order by case when campaigns = 1 then 0 else 1 end, step
        ) as place
    from steps
),

matched as (
    select
        origins.channel_key,
        ranked.step,
        case when ranked.campaigns = 1 then ranked.campaign_key end as campaign_key,
        coalesce(ranked.campaign, origins.rule_campaign) as campaign,
        case
            when ranked.campaigns = 1 then ranked.campaign_match
            when ranked.campaigns > 1 then 'ambiguous'
            else 'unmatched'
        end as campaign_match
    from origins
    left join ranked on origins.channel_key = ranked.channel_key and ranked.place = 1
    where origins.names_one or origins.rule_campaign is not null
)

select * from matched
