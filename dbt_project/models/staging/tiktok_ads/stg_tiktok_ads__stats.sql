{{ config(enabled=source_is_enabled('tiktok_ads')) }}

-- The levels of statistics with the same columns. What identifies a row differs, what it measures doesn't.
with levels as (
    {% set measures %}
        stat_time_hour,
        impressions,
        clicks,
        spend,
        conversion,
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
    from {{ source('tiktok_ads', 'campaign_report_hourly') }}
    union all
    select
        'ad_group' as spend_level,
        cast(null as varchar) as campaign_id,
        adgroup_id as ad_group_id,
        cast(null as varchar) as ad_id,
        {{ measures }}
    from {{ source('tiktok_ads', 'adgroup_report_hourly') }}
    union all
    select
        'ad' as spend_level,
        cast(null as varchar) as campaign_id,
        cast(null as varchar) as ad_group_id,
        ad_id,
        {{ measures }}
    from {{ source('tiktok_ads', 'ad_report_hourly') }}
)

select * from levels
