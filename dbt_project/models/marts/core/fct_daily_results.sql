-- Sums by day, channel and campaign where there are no records; what stands beside records is shown, not counted.
with results as (
    select * from {{ ref('int_daily_results') }}
),

named as (
    select
        result_key,
        date,
        source,
        channel,
        campaign,
        channel_is_paid,
        {{ result_counts() | join(',\n        ') }},
        currency,
        revenue_source,
        revenue,
        is_test,
        ads_count,
        leads_count,
        deals_count
    from results
)

select * from named
