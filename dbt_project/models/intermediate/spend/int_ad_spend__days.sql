{{ config(materialized='view') }}
-- Kept spend by row and day: ranges spread over their days, as whole cents and counts, what is left on the first ones.
{% set key = [
    'source', 'platform', 'channel_given', 'utm_source', 'utm_medium', 'utm_campaign', 'account_id', 'campaign_id',
    'ad_group_id', 'ad_id', 'spend_level', 'currency'
] %}
with kept as (
    select
        *,
        {{ in_money(converted('spend', 'rate')) }} as spend_reporting
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
)

select * from spread
