{{ config(enabled=source_is_enabled('zoho_crm')) }}

-- Which stages end a deal: as the pipelines say, else by the names that Zoho gives them at first.
with pipeline_stages as (
    select
        actual_value as stage,
        max(
            case lower(forecast_type) when 'closed won' then 'won' when 'closed lost' then 'lost' else 'open' end
        ) as meaning
    from {{ source('zoho_crm', 'pipeline_stage') }}
    group by actual_value
),

named_so as (
    select
        'Closed Won' as stage,
        'won' as meaning
    union all
    select
        'Closed Lost' as stage,
        'lost' as meaning
    union all
    select
        'Closed Lost to Competition' as stage,
        'lost' as meaning
    union all
    select
        'Closed-Lost to Competition' as stage,
        'lost' as meaning
),

known as (
    select
        stage,
        meaning
    from pipeline_stages
    union all
    select
        stage,
        meaning
    from named_so
    where stage not in (select pipeline_stages.stage from pipeline_stages)
),

closing as (
    select
        stage,
        meaning
    from known
    where meaning <> 'open'
)

select * from closing
