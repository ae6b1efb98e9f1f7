{{ config(enabled=source_is_enabled('linkedin_ads')) }}

-- The levels of statistics with the same columns. What identifies a row differs, what it measures doesn't.
with levels as (
    {% set measures %}
        day,
        impressions,
        clicks,
        cost_in_local_currency,
        external_website_conversions,
        one_click_leads,
        _file,
        _row,
        _load_id,
        _loaded_at,
        _unreadable
    {% endset %}
    select
        'campaign' as spend_level,
        campaign_id,
        cast(null as varchar) as ad_group_id,
        cast(null as varchar) as ad_id,
        {{ measures }}
    from {{ source('linkedin_ads', 'ad_analytics_by_campaign') }}
    union all
    select
        'ad' as spend_level,
        cast(null as varchar) as campaign_id,
        cast(null as varchar) as ad_group_id,
        creative_id as ad_id,
        {{ measures }}
    from {{ source('linkedin_ads', 'ad_analytics_by_creative') }}
)

select * from levels
