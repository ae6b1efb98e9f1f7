-- Workspace rules first, else what the row says, else the built-in rules, else the only channel with spend on a
-- campaign of the name or id that the row gives; a channel that some rows spell differently in case is one channel.
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
            origins.utm_term, origins.campaign_id, origins.campaign_name, origins.platform, origins.click_id_type
        ) is not null as something_given
    from origins
    left join {{ ref('int_channels__by_rule') }} as by_rule on origins.channel_key = by_rule.channel_key
    left join {{ ref('int_channels__built_in') }} as built_in
        on
            coalesce(origins.utm_source, '') = coalesce(built_in.utm_source, '')
            and coalesce(origins.utm_medium, '') = coalesce(built_in.utm_medium, '')
            and coalesce(origins.platform, '') = coalesce(built_in.platform, '')
            and coalesce(origins.click_id_type, '') = coalesce(built_in.click_id_type, '')
    left join spellings on lower(built_in.channel) = lower(spellings.channel_given)
),

by_rules as (
    select
        *,
        coalesce(rule_channel, channel_given, built_in_channel) as ruled_channel
    from resolved
),

{%- set words = ['campaign_id', 'campaign_name', 'utm_campaign'] %}

-- every word under which a channel with spend knows its campaigns
advertised as (
    {%- for word in words %}
    select
        coalesce({{ name_key(word) }}, {{ word }}) as token,
        ruled_channel as channel
    from by_rules
    where has_spend and ruled_channel is not null and {{ word }} is not null
    {%- if not loop.last %}
    union
    {%- endif %}
    {%- endfor %}
),

unplaced as (
    {%- for word in words %}
    select
        channel_key,
        coalesce({{ name_key(word) }}, {{ word }}) as token
    from by_rules
    where ruled_channel is null and {{ word }} is not null
    {%- if not loop.last %}
    union
    {%- endif %}
    {%- endfor %}
),

by_campaign as (
    select
        unplaced.channel_key,
        min(advertised.channel) as channel
    from unplaced
    inner join advertised on unplaced.token = advertised.token
    group by unplaced.channel_key
    having count(distinct advertised.channel) = 1
),

named as (
    select
        by_rules.*,
        case
            when by_rules.something_given then coalesce(by_rules.ruled_channel, by_campaign.channel, 'unmapped')
            else coalesce(by_rules.rule_channel, 'unattributed')
        end as channel,
        case
            when by_rules.rule_channel is not null then 'rule'
            when by_rules.channel_given is not null then 'given'
            when by_rules.built_in_channel is not null then 'built_in'
            when by_rules.something_given and by_campaign.channel is not null then 'campaign'
            when by_rules.something_given then 'unmapped'
            else 'unattributed'
        end as decided_by
    from by_rules
    left join by_campaign on by_rules.channel_key = by_campaign.channel_key
)

select * from named
