with source_rows as (
    select * from {{ source('sheets', 'daily_results') }}
),

renamed as (
    select
        coalesce(source, 'sheets') as source,
        platform,
        channel,
        utm_source,
        utm_medium,
        utm_campaign,
        utm_content,
        utm_term,
        campaign_id,
        campaign_name,
        try_cast(date as date) as date,
        try_cast(start_date as date) as start_date,
        try_cast(end_date as date) as end_date,
        try_cast(impressions as bigint) as impressions,
        try_cast(clicks as bigint) as clicks,
        try_cast(visitors as bigint) as visitors,
        try_cast(leads as bigint) as leads,
        try_cast(qualified_leads as bigint) as qualified_leads,
        try_cast(opportunities as bigint) as opportunities,
        try_cast(won_deals as bigint) as won_deals,
        try_cast(revenue as decimal(21, 6)) as revenue,
        upper(currency) as currency,
        _file,
        _row,
        _load_id,
        _loaded_at,
        _unreadable
    from source_rows
)

select * from renamed
