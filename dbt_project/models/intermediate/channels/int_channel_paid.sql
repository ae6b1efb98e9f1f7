-- Paid by the rules of the workspace, else by the built-in list, else because the channel ever had spend.
with channels as (
    select * from {{ ref('int_channels__resolved') }}
),

rules as (
    select
        channel,
        max_by(paid, -rule_no) as is_paid
    from {{ source('settings', 'channel_rules') }}
    where paid is not null
    group by channel
),

built_in as (
    select * from {{ ref('builtin_channels') }} where is_paid is not null
),

spend as (
    select distinct channel_key from {{ ref('int_ad_spend__rows') }} where spend > 0
),

channels_with_spend as (
    select distinct channels.channel
    from spend
    inner join channels on spend.channel_key = channels.channel_key
),

named as (
    select channel from channels
    union
    select channel from {{ source('settings', 'channel_rules') }}
    union
    select 'unmapped' as channel
    union
    select 'unattributed' as channel
),

decided as (
    select
        named.channel,
        coalesce(rules.is_paid, built_in.is_paid, channels_with_spend.channel is not null) as channel_is_paid,
        case
            when rules.is_paid is not null then 'rule'
            when built_in.is_paid is not null then 'built_in'
            when channels_with_spend.channel is not null then 'spend'
            else 'none'
        end as decided_by
    from named
    left join rules on named.channel = rules.channel
    left join built_in on lower(named.channel) = lower(built_in.channel)
    left join channels_with_spend on named.channel = channels_with_spend.channel
)

select * from decided
