-- Every channel that anything stands on, and whether it is paid.
with members as (
    select channel from {{ ref('int_leads') }}
    union
    select channel from {{ ref('int_deals') }}
    union
    select channel from {{ ref('int_ad_spend') }}
    union
    select channel from {{ ref('int_touches') }}
    union
    select channel from {{ ref('int_daily_results') }}
    union
    select channel from {{ ref('int_kpi_events_channel') }}
),

paid as (
    select * from {{ ref('int_channel_paid') }}
),

workspace_channels as (
    select distinct channel from {{ source('settings', 'channel_rules') }}
),

spend as (
    select channel, min(date) as first_spend_date, max(date) as last_spend_date
    from {{ ref('int_ad_spend') }}
    where counts and spend <> 0
    group by channel
),

channels as (
    select
        members.channel,
        coalesce(paid.channel_is_paid, false) as is_paid,
        coalesce(paid.decided_by, 'none') as is_paid_by,
        workspace_channels.channel is not null as is_workspace_rule,
        members.channel not in ('unattributed', 'unmapped') as is_known,
        spend.first_spend_date,
        spend.last_spend_date
    from members
    left join paid on members.channel = paid.channel
    left join workspace_channels on members.channel = workspace_channels.channel
    left join spend on members.channel = spend.channel
    where members.channel is not null
)

select * from channels
