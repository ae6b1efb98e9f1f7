{%- set steps = [
    ('campaign_id', 'id', 'id'),
    ('utm_campaign', 'id', 'id'),
    ('campaign_name', 'name', 'name'),
    ('campaign_name', 'alike', 'name'),
    ('utm_campaign', 'name', 'name'),
    ('utm_campaign', 'alike', 'name'),
    ('rule_campaign', 'id', 'rule'),
    ('rule_campaign', 'name', 'rule'),
    ('rule_campaign', 'alike', 'rule'),
] -%}
-- What the words of every origin could mean: campaigns with ad spend, step by step from the surest word to the least;
-- where some of them are on the origin's own channel, only those.
with origins as (
    select
        channels.channel_key,
        channels.channel,
        lower(channels.campaign_id) as campaign_id,
        lower(channels.campaign_name) as campaign_name,
        lower(channels.utm_campaign) as utm_campaign,
        lower(by_rule.campaign) as rule_campaign,
        by_rule.account as rule_account
    from {{ ref('int_channels') }} as channels
    left join {{ ref('int_campaigns__by_rule') }} as by_rule on channels.channel_key = by_rule.channel_key
),

tokens as (
    select * from {{ ref('int_campaign_tokens') }}
),

campaigns as (
    select distinct
        {{ campaign_key() }} as campaign_key,
        channel,
        coalesce(account_id, '') as account_id,
        campaign
    from {{ ref('int_ad_spend') }}
),

met as (
    {%- for word, kind, match in steps %}
    select
        origins.channel_key,
        origins.channel,
        {{ loop.index }} as step,
        '{{ match }}' as campaign_match,
        {{ 'origins.rule_account' if match == 'rule' else 'cast(null as varchar)' }} as account,
        tokens.campaign_key
    from origins
    inner join tokens
        on
            {{ name_key('origins.' ~ word) if kind == 'alike' else 'origins.' ~ word }} = tokens.token
            and tokens.kind = '{{ kind }}'
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

placed as (
    select
        met.channel_key,
        met.step,
        met.campaign_match,
        met.campaign_key,
        campaigns.campaign,
        campaigns.channel = met.channel as is_on_channel,
        max(case when campaigns.channel = met.channel then 1 else 0 end) over (
            partition by met.channel_key, met.step
        ) as some_on_channel
    from met
    inner join campaigns on met.campaign_key = campaigns.campaign_key
    where met.account is null or lower(met.account) = lower(campaigns.account_id)
),

candidates as (
    select distinct
        channel_key,
        step,
        campaign_match,
        campaign_key,
        campaign
    from placed
    where is_on_channel or some_on_channel = 0
)

select * from candidates
