-- What every origin means: its channel, and whether that channel is paid.
with resolved as (
    select * from {{ ref('int_channels__resolved') }}
),

paid as (
    select * from {{ ref('int_channel_paid') }}
),

joined as (
    select
        resolved.channel_key,
        resolved.source,
        resolved.platform,
        resolved.utm_source,
        resolved.utm_medium,
        resolved.utm_campaign,
        resolved.utm_content,
        resolved.utm_term,
        resolved.channel_given,
        resolved.campaign_id,
        resolved.campaign_name,
        resolved.landing_page,
        resolved.channel,
        paid.channel_is_paid,
        resolved.decided_by
    from resolved
    inner join paid on resolved.channel = paid.channel
)

select * from joined
