-- The times a deal counts by, the rate of its day, and its fate; of several versions of one key the newest that could
-- be read counts.
-- Closing time of a won or lost deal: as given unless it lies in the future, else the last entry into such a stage,
-- else the last change, else the creation (these three are estimates). Open deals have none.
with outcomes as (
    select * from {{ ref('int_deals__outcomes') }}
),

entries as (
    select
        stage_history.entity_key,
        stage_history.meaning,
        max(stage_history.entered_at) as entered_at,
        max_by(stage_history.entered_at_is_date, stage_history.entered_at) as entered_at_is_date
    from {{ ref('int_stage_history') }} as stage_history
    cross join {{ source('settings', 'workspace') }} as workspace
    where
        stage_history.entity = 'deals' and stage_history.meaning in ('won', 'lost')
        and stage_history.entered_date <= workspace.today
    group by stage_history.entity_key, stage_history.meaning
),

rates as (
    select * from {{ ref('int_fx_rates_daily') }}
),

chosen as (
    select
        outcomes.*,
        entries.entered_at,
        entries.entered_at_is_date,
        case
            when outcomes.deal_status = 'open' then 'open'
            when outcomes.closed_date_given <= outcomes.today then 'given'
            when entries.entered_at is not null then 'entered'
            when outcomes.updated_date <= outcomes.today then 'updated'
            when outcomes.created_at is not null then 'created'
            else 'none'
        end as closed_by,
        case
            when outcomes.created_at is not null then 'given'
            when outcomes.deal_status = 'open' and outcomes.closed_date_given <= outcomes.today then 'closed'
            when outcomes.deal_status = 'open' then 'none'
            else 'closed'
        end as created_by
    from outcomes
    left join entries on outcomes.deal_key = entries.entity_key and outcomes.deal_status = entries.meaning
),

closed as (
    select
        *,
        case closed_by
            when 'given' then closed_at
            when 'entered' then entered_at
            when 'updated' then updated_at
            when 'created' then created_at
        end as closed_at_used,
        coalesce(case closed_by
            when 'given' then closed_at_is_date
            when 'entered' then entered_at_is_date
            when 'updated' then updated_at_is_date
            when 'created' then created_at_is_date
        end, false) as closed_at_used_is_date,
        closed_by in ('entered', 'updated', 'created') as closed_at_is_estimated
    from chosen
),

created as (
    select
        *,
        {{ reporting_date('closed_at_used') }} as closed_date,
        case
            when created_by = 'given' then created_at
            when created_by = 'closed' then coalesce(closed_at_used, closed_at)
        end as created_at_used,
        case
            when created_by = 'given' then created_at_is_date
            when created_by = 'closed' and closed_at_used is not null then closed_at_used_is_date
            when created_by = 'closed' then closed_at_is_date
            else false
        end as created_at_used_is_date,
        created_by = 'closed' as created_at_is_estimated
    from closed
),

days as (
    select
        *,
        {{ reporting_date('created_at_used') }} as created_date,
        coalesce(closed_date, {{ reporting_date('created_at_used') }}, today) as fx_date
    from created
),

rated as (
    select
        days.*,
        case
            when days.currency_used = days.reporting_currency then cast(1 as decimal(28, 6))
            else rates.rate
        end as rate
    from days
    left join rates on days.fx_date = rates.date and days.currency_used = rates.currency
),

judged as (
    select
        *,
        {{ is_refused(refusal_rules('deals')) }} as is_refused
    from rated
),

versions as (
    select
        *,
        {{ newer_versions(
            ['source', 'deal_id'], newest_first('judged', ['created_at', 'closed_at_used'], 'updated_at')
        ) }} as newer_versions
    from judged
),

fated as (
    select
        *,
        {{ version_fate() }} as fate
    from versions
)

select * from fated
