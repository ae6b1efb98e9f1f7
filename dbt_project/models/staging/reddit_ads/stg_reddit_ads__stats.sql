{{ config(enabled=source_is_enabled('reddit_ads')) }}

-- The levels of statistics with the same columns. What identifies a row differs, what it measures doesn't.
with levels as (
    {% set measures %}
        date,
        account_id,
        impressions,
        clicks,
        spend,
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
    from {{ source('reddit_ads', 'campaign_report') }}
    union all
    select
        'ad_group' as spend_level,
        cast(null as varchar) as campaign_id,
        ad_group_id,
        cast(null as varchar) as ad_id,
        {{ measures }}
    from {{ source('reddit_ads', 'ad_group_report') }}
    union all
    select
        'ad' as spend_level,
        cast(null as varchar) as campaign_id,
        cast(null as varchar) as ad_group_id,
        ad_id,
        {{ measures }}
    from {{ source('reddit_ads', 'ad_report') }}
),

-- conversions lie beside the statistics and go with one row of their campaign and day
numbered as (
    select
        *,
        row_number() over (
            partition by account_id, campaign_id, date, spend_level
            order by _load_id, _file, _row
        ) as row_of_campaign_and_day
    from levels
)

select * from numbered
