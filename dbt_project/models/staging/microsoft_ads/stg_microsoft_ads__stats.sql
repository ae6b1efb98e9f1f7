{{ config(enabled=source_is_enabled('microsoft_ads')) }}

-- The levels of statistics with the same columns. What identifies a row differs, what it measures doesn't.
with levels as (
    {% set measures %}
        date,
        account_id,
        currency_code,
        impressions,
        clicks,
        spend,
        conversions,
        conversions_qualified,
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
    from {{ source('microsoft_ads', 'campaign_performance_daily_report') }}
    union all
    select
        'ad_group' as spend_level,
        campaign_id,
        ad_group_id,
        cast(null as varchar) as ad_id,
        {{ measures }}
    from {{ source('microsoft_ads', 'ad_group_performance_daily_report') }}
    union all
    select
        'ad' as spend_level,
        campaign_id,
        ad_group_id,
        ad_id,
        {{ measures }}
    from {{ source('microsoft_ads', 'ad_performance_daily_report') }}
)

select * from levels
