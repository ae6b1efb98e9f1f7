-- Two kinds of rows that no key, day or campaign has in common: each deal's credits, and channel totals of all history.
with deal_credits as (
    select * from {{ ref('int_deal_credits') }}
),

channel_credits as (
    select * from {{ ref('int_channel_credits') }}
),

touches as (
    select * from {{ ref('int_touches') }}
),

deals as (
    select * from {{ ref('int_deals') }}
),

leads as (
    -- few of all leads have a deal
    select * from {{ ref('int_leads') }} where lead_key in (select deals.lead_key from deals)
),

labels as (
    select * from {{ ref('int_campaign_labels') }}
),

-- the visit that earned the credit; a deal without touches has what its lead came with. A condition on one side alone
-- would make a left join compare every pair of rows: the key itself is null where it does not hold
with_origin as (
    select
        deal_credits.*,
        labels.campaign_key,
        touches.touched_date,
        {%- for field in ['utm_source', 'utm_medium', 'utm_campaign', 'utm_content', 'utm_term'] %}
        case when deal_credits.touches = 0 then leads.{{ field }} else touches.{{ field }} end as {{ field }}
        {%- if not loop.last %},{% endif %}
        {%- endfor %}
    from deal_credits
    left join touches on deal_credits.touch_key = touches.touch_key
    left join labels on deal_credits.channel = labels.channel and deal_credits.campaign = labels.campaign
    left join deals on case when deal_credits.touches = 0 then deal_credits.deal_key end = deals.deal_key
    left join leads on deals.lead_key = leads.lead_key
),

attribution as (
    select
        model,
        'deal' as credit_level,
        deal_key,
        closed_date,
        channel,
        campaign,
        campaign_key,
        cast(touches as bigint) as touches,
        touched_date,
        utm_source,
        utm_medium,
        utm_campaign,
        utm_content,
        utm_term,
        credit,
        revenue,
        gross_profit
    from with_origin
    union all
    select
        model,
        'history' as credit_level,
        cast(null as varchar) as deal_key,
        cast(null as date) as closed_date,
        channel,
        cast(null as varchar) as campaign,
        cast(null as varchar) as campaign_key,
        cast(null as bigint) as touches,
        cast(null as date) as touched_date,
        cast(null as varchar) as utm_source,
        cast(null as varchar) as utm_medium,
        cast(null as varchar) as utm_campaign,
        cast(null as varchar) as utm_content,
        cast(null as varchar) as utm_term,
        credit,
        revenue,
        gross_profit
    from channel_credits
)

select * from attribution
