{{ config(enabled=source_is_enabled('pinterest_ads')) }}

-- The levels of statistics with the same columns. What identifies a row differs, what it measures doesn't.
with levels as (
    {% set measures %}
        date,
        advertiser_id,
        impression_1,
        impression_2,
        clickthrough_1,
        clickthrough_2,
        spend_in_micro_dollar,
        total_conversions,
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
    from {{ source('pinterest_ads', 'campaign_report') }}
    union all
    select
        'ad_group' as spend_level,
        campaign_id,
        ad_group_id,
        cast(null as varchar) as ad_id,
        {{ measures }}
    from {{ source('pinterest_ads', 'ad_group_report') }}
    union all
    select
        'ad' as spend_level,
        campaign_id,
        ad_group_id,
        pin_promotion_id as ad_id,
        {{ measures }}
    from {{ source('pinterest_ads', 'pin_promotion_report') }}
)

select * from levels
