-- Spend that is kept and flagged, and breakdowns that are left out because the total doesn't bear them.
with clicked as (
    select
        source,
        _file || ':' || cast(_row as varchar) as key,
        'clicks_exceed_impressions' as warning,
        cast(clicks as varchar) || ' clicks, ' || cast(impressions as varchar) || ' impressions on '
        || cast(first_day as varchar) as detail
    from {{ ref('int_ad_spend__judged') }}
    where not is_refused and clicks > impressions
),

left_out as (
    select
        source,
        fate,
        spend_level,
        coalesce(account_id, '') || ':' || coalesce(campaign_id, '') as campaign,
        date,
        currency,
        sum(spend_source) as spend
    from {{ ref('int_ad_spend__levels') }}
    where fate in ('no_campaign', 'exceeds_campaign', 'exceeds_ad_group')
    group by source, fate, spend_level, coalesce(account_id, '') || ':' || coalesce(campaign_id, ''), date, currency
),

not_added as (
    select
        source,
        campaign || ':' || cast(date as varchar) as key,
        case fate
            when 'no_campaign' then 'spend_without_campaign_row'
            when 'exceeds_campaign' then 'breakdown_exceeds_campaign'
            else 'ads_exceed_ad_group'
        end as warning,
        spend_level || ' rows with ' || cast(cast(spend as decimal(28, 2)) as varchar) || ' ' || currency
        || ' are not added' as detail
    from left_out
),

warnings as (
    select
        source,
        key,
        warning,
        detail
    from clicked
    union all
    select
        source,
        key,
        warning,
        detail
    from not_added
),

flagged as (
    select
        'ad_spend' as entity,
        source,
        key,
        warning,
        detail
    from warnings
)

select * from flagged
