{%- set names_of_days -%}
    select
        {{ part_key(['levels.date']) }} as part,
        hash(names.key_of_campaign, names.campaign_name) as content
    from {int_ad_spend__levels} as levels
    inner join {int_ad_spend__names} as names on {{ campaign_key('levels') }} = names.key_of_campaign
{%- endset -%}
{{ config(meta={'parts': {
    'by': ['date'],
    'of': {'int_ad_spend__levels': ['date']},
    'accounted': ['intermediate.int_ad_spend__names'],
    'more': [names_of_days],
}}) }}
-- The total and where in it the money went: what a breakdown row explains is taken from the row that it stands on, so
-- that the sum stays that of the total, whatever the levels.
with levels as {{ read_in_place() }} (
    select
        *,
        case when campaign_id is not null then {{ campaign_key() }} end as key_of_campaign
    from {{ ref('int_ad_spend__levels') }}
    where fate in ('total', 'breakdown')
),

-- what other rows stand on, and no more of it: of ten million rows of ads to be looked up a join would not fit
campaigns as (
    select
        spend_key,
        channel,
        campaign_scope,
        is_test
    from levels
    where spend_level = 'campaign'
),

names as (
    select * from {{ ref('int_ad_spend__names') }}
),

explained as (
    select
        stands_on,
        sum(impressions) as impressions,
        sum(clicks) as clicks,
        sum(spend_source) as spend_source,
        sum(spend) as spend,
        sum(platform_conversions) as platform_conversions
    from levels
    where fate = 'breakdown'
    group by stands_on
),

reduced as (
    select
        levels.*,
        explained.stands_on is not null as is_remainder,
        levels.impressions - coalesce(explained.impressions, 0) as impressions_left,
        levels.clicks - coalesce(explained.clicks, 0) as clicks_left,
        levels.spend_source - coalesce(explained.spend_source, 0) as spend_source_left,
        levels.spend - coalesce(explained.spend, 0) as spend_left,
        levels.platform_conversions - coalesce(explained.platform_conversions, 0) as platform_conversions_left
    from levels
    left join explained on levels.spend_key = explained.stands_on
),

-- what stands on a campaign has its channel, and is a test where the campaign is one
placed as (
    select
        reduced.spend_key,
        reduced.date,
        reduced.source,
        reduced.platform,
        reduced.account_id,
        reduced.account_name,
        reduced.campaign_id,
        coalesce(campaigns.campaign_scope, reduced.campaign_scope) as campaign_scope,
        coalesce(names.campaign_name, reduced.campaign_id, '(none)') as campaign,
        reduced.ad_group_id,
        reduced.ad_group_name,
        reduced.ad_id,
        reduced.ad_name,
        reduced.utm_source,
        reduced.utm_medium,
        reduced.utm_campaign,
        coalesce(campaigns.channel, reduced.channel) as channel,
        cast(reduced.impressions_left as bigint) as impressions,
        cast(reduced.clicks_left as bigint) as clicks,
        reduced.currency,
        cast(reduced.spend_source_left as decimal(28, 6)) as spend_source,
        cast(reduced.spend_left as decimal(28, 6)) as spend,
        cast(reduced.platform_conversions_left as decimal(28, 6)) as platform_conversions,
        reduced.is_remainder,
        reduced.is_test or coalesce(campaigns.is_test, false) as is_test,
        not reduced.is_test and not coalesce(campaigns.is_test, false) as counts,
        reduced._file,
        reduced._row
    from reduced
    left join campaigns on reduced.campaign_key = campaigns.spend_key
    left join names on reduced.key_of_campaign = names.key_of_campaign
    -- a remainder of nothing is no row
    where
        not reduced.is_remainder
        or reduced.spend_source_left <> 0
        or coalesce(reduced.impressions_left, 0) <> 0
        or coalesce(reduced.clicks_left, 0) <> 0
        or coalesce(reduced.platform_conversions_left, 0) <> 0
),

settled as (
    select
        placed.*,
        coalesce(paid.channel_is_paid, false) as channel_is_paid
    from placed
    left join {{ ref('int_channel_paid') }} as paid on placed.channel = paid.channel
)

select * from settled
