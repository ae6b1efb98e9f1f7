{{ config(enabled=source_is_enabled('apple_search_ads')) }}

-- The levels of statistics with the same columns. What identifies a row differs, what it measures doesn't.
with levels as (
    {% set measures %}
        date,
        impressions,
        taps,
        local_spend_amount,
        local_spend_currency,
        conversions,
        tap_installs,
        _file,
        _row,
        _load_id,
        _loaded_at,
        _unreadable
    {% endset %}
    select
        'campaign' as spend_level,
        id as campaign_id,
        cast(null as varchar) as ad_group_id,
        cast(null as varchar) as ad_id,
        {{ measures }}
    from {{ source('apple_search_ads', 'campaign_report') }}
    union all
    select
        'ad_group' as spend_level,
        cast(null as varchar) as campaign_id,
        ad_group_id,
        cast(null as varchar) as ad_id,
        {{ measures }}
    from {{ source('apple_search_ads', 'ad_group_report') }}
    union all
    select
        'ad' as spend_level,
        campaign_id,
        ad_group_id,
        ad_id,
        {{ measures }}
    from {{ source('apple_search_ads', 'ad_report') }}
)

select * from levels
