{{ config(enabled=source_is_enabled('google_ads')) }}

-- The four levels of statistics with the same columns. What identifies a row differs, what it measures doesn't.
with levels as (
    {% set measures %}
        date,
        customer_id,
        impressions,
        clicks,
        cost_micros,
        conversions,
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
    from {{ source('google_ads', 'campaign_stats') }}
    union all
    select
        'ad_group' as spend_level,
        campaign_id,
        id as ad_group_id,
        cast(null as varchar) as ad_id,
        {{ measures }}
    from {{ source('google_ads', 'ad_group_stats') }}
    union all
    select
        'ad' as spend_level,
        campaign_id,
        -- customers/<account>/adGroups/<id>
        coalesce(ad_group_id, nullif(split_part(ad_group, '/', 4), '')) as ad_group_id,
        ad_id,
        {{ measures }}
    from {{ source('google_ads', 'ad_stats') }}
    union all
    select
        'account' as spend_level,
        cast(null as varchar) as campaign_id,
        cast(null as varchar) as ad_group_id,
        cast(null as varchar) as ad_id,
        {{ measures }}
    from {{ source('google_ads', 'account_stats') }}
)

select * from levels
