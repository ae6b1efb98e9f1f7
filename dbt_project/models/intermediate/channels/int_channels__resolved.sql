-- Workspace rules first, else what the row says, else the built-in rules; a channel that some rows spell differently
-- in case is one channel.
with origins as (
    select * from {{ ref('int_channels__origins') }}
),

-- a built-in channel that the company's own data names too is spelt as there
spellings as (
    select distinct channel_given from origins where channel_given is not null
),

resolved as (
    select
        origins.*,
        by_rule.channel as rule_channel,
        coalesce(spellings.channel_given, built_in.channel) as built_in_channel,
        coalesce(
            origins.channel_given, origins.utm_source, origins.utm_medium, origins.utm_campaign, origins.utm_content,
            origins.utm_term, origins.campaign_id, origins.campaign_name, origins.platform
        ) is not null as something_given
    from origins
    left join {{ ref('int_channels__by_rule') }} as by_rule on origins.channel_key = by_rule.channel_key
    left join {{ ref('int_channels__built_in') }} as built_in
        on
            coalesce(origins.utm_source, '') = coalesce(built_in.utm_source, '')
            and coalesce(origins.utm_medium, '') = coalesce(built_in.utm_medium, '')
            and coalesce(origins.platform, '') = coalesce(built_in.platform, '')
    left join spellings on lower(built_in.channel) = lower(spellings.channel_given)
),

named as (
    select
        resolved.*,
        case
            when something_given then coalesce(rule_channel, channel_given, built_in_channel, 'unmapped')
            else coalesce(rule_channel, 'unattributed')
        end as channel,
        case
            when rule_channel is not null then 'rule'
            when channel_given is not null then 'given'
            when built_in_channel is not null then 'built_in'
            when something_given then 'unmapped'
            else 'unattributed'
        end as decided_by
    from resolved
)

select * from named
