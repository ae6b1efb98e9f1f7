{{ config(alias='unmatched_leads') }}

-- Leads of paid channels by value whose campaign no ad spend knows: a missing extract, or names that only a rule can
-- bring together.
with leads as (
    select
        leads.*,
        rows.channel_key
    from {{ ref('int_leads') }} as leads
    inner join {{ ref('int_leads__rows') }} as rows on leads.lead_key = rows.lead_key and rows.fate = 'kept'
    where leads.counts and leads.channel_is_paid and leads.campaign_key is null
),

won as (
    select
        lead_key,
        count(*) as won_deals,
        sum(amount) as revenue
    from {{ ref('int_deals') }}
    where counts_won and lead_key is not null
    group by lead_key
),

candidates as (
    select
        matches.channel_key,
        count(distinct candidates.campaign_key) as campaigns
    from {{ ref('int_campaign_matches') }} as matches
    inner join {{ ref('int_campaign_matches__candidates') }} as candidates
        on matches.channel_key = candidates.channel_key and matches.step = candidates.step
    where matches.campaign_match = 'ambiguous'
    group by matches.channel_key
),

unmatched as (
    select
        leads.source,
        leads.channel,
        leads.campaign,
        leads.utm_campaign,
        leads.campaign_match as reason,
        cast(max(coalesce(candidates.campaigns, 0)) as bigint) as candidates,
        cast(count(*) as bigint) as leads,
        cast(sum(coalesce(won.won_deals, 0)) as bigint) as won_deals,
        cast(sum(coalesce(won.revenue, 0)) as decimal(38, 2)) as revenue,
        min(leads.created_date) as first_lead_date,
        max(leads.created_date) as last_lead_date
    from leads
    left join won on leads.lead_key = won.lead_key
    left join candidates on leads.channel_key = candidates.channel_key
    group by leads.source, leads.channel, leads.campaign, leads.utm_campaign, leads.campaign_match
    order by revenue desc, leads desc, leads.channel asc, leads.campaign asc, leads.utm_campaign asc
)

select * from unmatched
