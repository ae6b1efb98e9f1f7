{{ config(enabled=source_is_enabled('snapchat_ads')) }}

-- The levels of statistics with the same columns. What identifies a row differs, what it measures doesn't.
with levels as (
    {% set measures %}
        date,
        impressions,
        swipes,
        spend,
        conversion_purchases,
        conversion_sign_ups,
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
    from {{ source('snapchat_ads', 'campaign_hourly_report') }}
    union all
    select
        'ad_group' as spend_level,
        cast(null as varchar) as campaign_id,
        ad_squad_id as ad_group_id,
        cast(null as varchar) as ad_id,
        {{ measures }}
    from {{ source('snapchat_ads', 'ad_squad_hourly_report') }}
    union all
    select
        'ad' as spend_level,
        cast(null as varchar) as campaign_id,
        cast(null as varchar) as ad_group_id,
        ad_id,
        {{ measures }}
    from {{ source('snapchat_ads', 'ad_hourly_report') }}
)

select * from levels
