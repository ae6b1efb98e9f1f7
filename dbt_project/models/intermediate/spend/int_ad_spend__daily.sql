{{ config(meta={'parts': {'by': ['date'], 'of': {'int_ad_spend__days': ['day']}}}) }}
-- Kept spend by day: rows of the same key and level added up.
{% set key = [
    'source', 'platform', 'channel_given', 'utm_source', 'utm_medium', 'utm_campaign', 'account_id', 'campaign_id',
    'ad_group_id', 'ad_id', 'spend_level', 'currency'
] %}
with spread as (
    select * from {{ ref('int_ad_spend__days') }}
),

-- the row named is the first of those added up, so that the same rows in another order name the same one
added_up as (
    select
        {{ key | join(', ') }},
        day as date,
        max(channel) as channel,
        max(campaign_scope) as campaign_scope,
        max(account_name) as account_name,
        max(campaign_name) as campaign_name,
        max(ad_group_name) as ad_group_name,
        max(ad_name) as ad_name,
        cast(sum(impressions) as bigint) as impressions,
        cast(sum(clicks) as bigint) as clicks,
        cast(sum(spend) as decimal(28, 6)) as spend_source,
        cast(sum(spend_reporting) as decimal(28, 6)) as spend,
        cast(sum(platform_conversions) as decimal(28, 6)) as platform_conversions,
        min(_file) as _file,
        min(_row) as _row
    from spread
    group by {{ key | join(', ') }}, day
),

tested as (
    select
        {{ text_key(key + ['date']) }} as spend_key,
        {{ text_key(['source', 'platform', 'account_id', 'campaign_id', 'currency', 'date']) }} as campaign_day,
        *,
        coalesce({{ matches_record_rule('test', [
            'source', 'platform', 'channel', 'utm_source', 'utm_medium', 'utm_campaign', 'account_id', 'account_name',
            'campaign_id', 'campaign_name', 'ad_group_id', 'ad_group_name', 'ad_id', 'ad_name', 'currency'
        ]) }}, false)
        or coalesce({{ matches_record_rule('test', {'channel': 'channel_given'}) }}, false) as is_test
    from added_up
)

select * from tested
