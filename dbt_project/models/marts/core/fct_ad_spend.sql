{{ config(materialized=written_once()) }}
-- Advertising spend by day and as fine as the platform breaks it down.
with ad_spend as (
    select * from {{ ref('int_ad_spend') }}
),

keyed as (
    select
        spend_key,
        date,
        source,
        platform,
        {{ campaign_key() }} as campaign_key,
        account_id,
        account_name,
        campaign_id,
        campaign,
        ad_group_id,
        ad_group_name,
        ad_id,
        ad_name,
        utm_source,
        utm_medium,
        utm_campaign,
        channel,
        channel_is_paid,
        impressions,
        clicks,
        currency,
        spend_source,
        spend,
        platform_conversions,
        is_remainder,
        is_test,
        counts
    from ad_spend
)

select * from keyed
