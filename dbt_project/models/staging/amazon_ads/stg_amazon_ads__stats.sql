{{ config(enabled=source_is_enabled('amazon_ads')) }}

-- The levels of statistics with the same columns. What identifies a row differs, what it measures doesn't.
with levels as (
    {% set measures %}
        date,
        campaign_budget_currency_code,
        impressions,
        clicks,
        cost,
        purchases_30_d,
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
    from {{ source('amazon_ads', 'campaign_level_report') }}
    union all
    select
        'ad_group' as spend_level,
        cast(null as varchar) as campaign_id,
        ad_group_id,
        cast(null as varchar) as ad_id,
        {{ measures }}
    from {{ source('amazon_ads', 'ad_group_level_report') }}
    union all
    select
        'ad' as spend_level,
        campaign_id,
        ad_group_id,
        ad_id,
        {{ measures }}
    from {{ source('amazon_ads', 'advertised_product_report') }}
)

select * from levels
