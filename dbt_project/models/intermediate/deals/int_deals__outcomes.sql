{{ config(materialized='view') }}

-- Every version of every deal: open, won or lost. A given status beats the stage; an unmapped stage is open.
with deals as (
    select * from {{ ref('int_deals__rows') }}
),

this_run as (
    select today, reporting_currency from {{ source('settings', 'workspace') }}
),

stages as (
    select * from {{ ref('int_stage_meanings') }}
),

sources as (
    select * from {{ source('settings', 'sources') }}
),

judged as (
    select
        deals.*,
        this_run.today,
        this_run.reporting_currency,
        coalesce(deals.currency, sources.currency, this_run.reporting_currency) as currency_used,
        by_stage.meaning as stage_meaning,
        by_stage.stage_rank,
        case
            when lower(deals.status) in ('open', 'won', 'lost') then lower(deals.status)
            when by_status.meaning in ('won', 'lost') then by_status.meaning
            when by_status.meaning is not null then 'open'
            when by_stage.meaning in ('won', 'lost') then by_stage.meaning
            else 'open'
        end as deal_status,
        coalesce(lower(deals.status) in ('open', 'won', 'lost'), false)
        or by_status.meaning is not null or by_stage.meaning is not null as status_is_known,
        {{ reporting_date('deals.created_at') }} as created_date_given,
        {{ reporting_date('deals.closed_at') }} as closed_date_given,
        {{ reporting_date('deals.updated_at') }} as updated_date
    from deals
    cross join this_run
    left join sources on deals.source = sources.source
    left join stages as by_stage on lower(deals.stage) = by_stage.stage_lower
    left join stages as by_status on lower(deals.status) = by_status.stage_lower
)

select * from judged
