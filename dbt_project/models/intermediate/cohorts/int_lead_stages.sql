-- One row for each stage that a lead reached, with the first moment it is known to have been there or further.
with leads as (
    select
        leads.lead_key,
        leads.stage_reached,
        leads.created_at,
        leads.created_at_is_date,
        own_moments.first_response_at,
        own_moments.first_response_at_is_date,
        own_moments.response_seconds,
        own_moments.qualified_at,
        own_moments.qualified_at_is_date
    from {{ ref('int_leads') }} as leads
    inner join {{ ref('int_leads__rows') }} as own_moments
        on leads.lead_key = own_moments.lead_key and own_moments.fate = 'kept'
    where leads.counts
),

deals as (
    -- a duplicate's open and lost deals say nothing of the lead that survived
    select * from {{ ref('int_deals') }} where lead_key is not null and (counts_won or counts_lost or counts_open)
),

stage_history as (
    select * from {{ ref('int_stage_history') }}
),

stages as (
    select 0 as stage_rank, 'new' as stage
    union all
    select 1 as stage_rank, 'contacted' as stage
    union all
    select 2 as stage_rank, 'qualified' as stage
    union all
    select 3 as stage_rank, 'opportunity' as stage
    union all
    select 4 as stage_rank, 'won' as stage
),

moments as (
    select lead_key, 'new' as stage, created_at as entered_at, created_at_is_date as is_date from leads
    union all
    select lead_key, 'contacted' as stage, first_response_at as entered_at, first_response_at_is_date as is_date
    from leads
    union all
    select
        lead_key,
        'contacted' as stage,
        {{ add_seconds('created_at', 'response_seconds') }} as entered_at,
        created_at_is_date as is_date
    from leads
    where (first_response_at is null or first_response_at_is_date) and response_seconds >= 0
    union all
    select lead_key, 'qualified' as stage, qualified_at as entered_at, qualified_at_is_date as is_date from leads
    union all
    select entity_key as lead_key, meaning as stage, entered_at, entered_at_is_date as is_date
    from stage_history
    where entity = 'leads'
    union all
    select deals.lead_key, stage_history.meaning as stage, stage_history.entered_at, stage_history.entered_at_is_date
    from stage_history
    inner join deals on stage_history.entity_key = deals.deal_key
    where stage_history.entity = 'deals'
    union all
    select lead_key, 'won' as stage, closed_at as entered_at, closed_at_is_date as is_date
    from deals
    where counts_won and not closed_at_is_estimated
),

first_moments as (
    select
        moments.lead_key,
        stages.stage_rank,
        min(case when not coalesce(moments.is_date, false) then moments.entered_at end) as entered_at,
        min(case when moments.is_date then moments.entered_at end) as entered_day
    from moments
    inner join stages on moments.stage = stages.stage
    where moments.entered_at is not null
    group by moments.lead_key, stages.stage_rank
),

reached as (
    select leads.lead_key, reached_stages.stage_rank, reached_stages.stage
    from leads
    inner join stages as own_stage on leads.stage_reached = own_stage.stage
    inner join stages as reached_stages on own_stage.stage_rank >= reached_stages.stage_rank
),

-- who was seen further along has been at this stage too, at the latest then
timed as (
    select
        reached.lead_key,
        reached.stage_rank,
        reached.stage,
        first_moments.entered_at as own_moment,
        min(first_moments.entered_at) over so_far as first_moment,
        min(first_moments.entered_day) over so_far as first_day
    from reached
    left join first_moments
        on reached.lead_key = first_moments.lead_key and reached.stage_rank = first_moments.stage_rank
    window so_far as (
        partition by reached.lead_key order by reached.stage_rank desc
        rows between unbounded preceding and current row
    )
),

-- A day without a time is no moment, and the moment of a later stage doesn't stand for it: steps would take no time.
-- Nor does a moment of the stage itself on a later day: the lead was there before.
known as (
    select
        lead_key,
        stage_rank,
        stage,
        case
            when first_day is null or first_moment < first_day then first_moment
            when own_moment is not null and first_moment < {{ add_seconds('first_day', '86400') }} then first_moment
        end as entered_at
    from timed
)

select * from known
