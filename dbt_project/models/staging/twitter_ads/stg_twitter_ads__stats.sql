{{ config(enabled=source_is_enabled('twitter_ads')) }}

-- The levels of statistics with the same columns. What identifies a row differs, what it measures doesn't.
with levels as (
    {% set measures %}
        date,
        account_id,
        impressions,
        clicks,
        billed_charge_local_micro,
        conversion_purchases_metric,
        conversion_sign_ups_metric,
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
    from {{ source('twitter_ads', 'campaign_report') }}
    union all
    select
        'ad_group' as spend_level,
        cast(null as varchar) as campaign_id,
        line_item_id as ad_group_id,
        cast(null as varchar) as ad_id,
        {{ measures }}
    from {{ source('twitter_ads', 'line_item_report') }}
    union all
    select
        'ad' as spend_level,
        cast(null as varchar) as campaign_id,
        cast(null as varchar) as ad_group_id,
        promoted_tweet_id as ad_id,
        {{ measures }}
    from {{ source('twitter_ads', 'promoted_tweet_report') }}
)

select * from levels
