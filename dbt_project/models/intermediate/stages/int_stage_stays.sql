-- Every stay of a lead or deal in a stage: from its entry to the entry into another one, or until the deal was closed.
-- What is still there has no end; being won or lost is no stay.
with leads as (
    select
        'leads' as entity,
        lead_key as entity_key,
        channel,
        owner as sales_rep,
        cast(null as timestamp) as closed_at,
        false as closed_at_is_date,
        cast(null as date) as closed_date
    from {{ ref('int_leads') }}
    where counts
),

deals as (
    select
        'deals' as entity,
        deal_key as entity_key,
        channel,
        owner as sales_rep,
        case when not closed_at_is_estimated then closed_at end as closed_at,
        coalesce(closed_at_is_date, false) as closed_at_is_date,
        case when not closed_at_is_estimated then closed_date end as closed_date
    from {{ ref('int_deals') }}
    where counts_won or counts_lost or counts_open
),

records as (
    select * from leads
    union all
    select * from deals
),

entries as (
    select
        records.*,
        stage_history.stage,
        stage_history.meaning,
        stage_history.entered_at,
        stage_history.entered_at_is_date,
        stage_history.entered_date,
        stage_history._row,
        lag(lower(stage_history.stage)) over (
            partition by records.entity, records.entity_key
            order by stage_history.entered_at, stage_history._row, stage_history.stage
        ) as stage_before
    from records
    inner join {{ ref('int_stage_history') }} as stage_history
        on records.entity = stage_history.entity and records.entity_key = stage_history.entity_key
),

-- the same stage written down twice is one stay
steps as (
    select
        *,
        lead(entered_at) over in_order as next_at,
        lead(entered_at_is_date) over in_order as next_at_is_date,
        lead(entered_date) over in_order as next_date
    from entries
    where stage_before is null or lower(stage) <> stage_before
    window in_order as (partition by entity, entity_key order by entered_at, _row, stage)
),

ended as (
    select
        *,
        coalesce(next_at, closed_at) as left_at,
        case when next_at is null then closed_at_is_date else next_at_is_date end as left_at_is_date,
        coalesce(next_date, closed_date) as left_date
    from steps
    where coalesce(meaning, '') not in ('won', 'lost')
),

stays as (
    select
        entity,
        entity_key,
        channel,
        sales_rep,
        stage,
        meaning,
        entered_at,
        left_at,
        case
            when left_date < entered_date then null
            when entered_at_is_date or left_at_is_date
                then cast({{ days_between('entered_date', 'left_date') }} as double)
            when left_at >= entered_at then {{ seconds_between('entered_at', 'left_at') }} / cast(86400 as double)
        end as days
    from ended
)

select * from stays
