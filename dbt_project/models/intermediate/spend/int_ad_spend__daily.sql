-- Kept spend by day: ranges spread over their days, then rows of the same key and level added up.
{% set key = [
    'source', 'platform', 'channel_given', 'utm_source', 'utm_medium', 'utm_campaign', 'account_id', 'campaign_id',
    'ad_group_id', 'ad_id', 'spend_level', 'currency'
] %}
with kept as (
    select
        *,
        cast({{ converted('spend', 'rate') }} as decimal(28, 6)) as spend_reporting
    from {{ ref('int_ad_spend__judged') }}
    where not is_refused
),

single_days as (
    select
        *,
        first_day as day
    from kept
    where first_day = last_day
),

ranges as (
    select
        *,
        {{ days_between('first_day', 'last_day') }} + 1 as days
    from kept
    where first_day < last_day
),

days_of_ranges as (
    {{ each_day('ranges') }}
),

placed as (
    select
        *,
        {{ days_between('first_day', 'day') }} as place
    from days_of_ranges
),

spread as (
    select
        {{ key | join(', ') }},
        channel, campaign_scope, account_name, campaign_name, ad_group_name, ad_name, day,
        impressions,
        clicks,
        spend,
        spend_reporting,
        platform_conversions,
        _file,
        _row
    from single_days
    union all
    select
        {{ key | join(', ') }},
        channel, campaign_scope, account_name, campaign_name, ad_group_name, ad_name, day,
        cast({{ even_part('impressions', 'days', 'place', 1) }} as bigint) as impressions,
        cast({{ even_part('clicks', 'days', 'place', 1) }} as bigint) as clicks,
        cast({{ even_part('spend', 'days', 'place') }} as decimal(28, 6)) as spend,
        cast({{ even_part('spend_reporting', 'days', 'place') }} as decimal(28, 6)) as spend_reporting,
        cast({{ even_part('platform_conversions', 'days', 'place', 1) }} as decimal(28, 6)) as platform_conversions,
        _file,
        _row
    from placed
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
