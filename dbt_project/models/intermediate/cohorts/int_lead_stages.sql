-- One row for each stage that a lead reached, with the first moment it is known to have been there or further.
with leads as (
    select * from {{ ref('int_leads') }} where counts
),

deals as (
    select * from {{ ref('int_deals') }} where lead_key is not null and not is_test and not is_deleted
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

-- a day without a time is no moment: it would give a step of minus some hours
moments as (
    select lead_key, 'new' as stage, created_at as entered_at from leads where not created_at_is_date
    union all
    select lead_key, 'contacted' as stage, first_response_at as entered_at from leads
    union all
    select lead_key, 'qualified' as stage, qualified_at as entered_at from leads
    union all
    select entity_key as lead_key, meaning as stage, entered_at from stage_history where entity = 'leads'
    union all
    select deals.lead_key, stage_history.meaning as stage, stage_history.entered_at
    from stage_history
    inner join deals on stage_history.entity_key = deals.deal_key
    where stage_history.entity = 'deals'
    union all
    select lead_key, 'won' as stage, closed_at as entered_at
    from deals
    where counts_won and not closed_at_is_estimated and not closed_at_is_date
),

first_moments as (
    select moments.lead_key, stages.stage_rank, min(moments.entered_at) as entered_at
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
        min(first_moments.entered_at) over (
            partition by reached.lead_key
            order by reached.stage_rank desc
            rows between unbounded preceding and current row
        ) as entered_at
    from reached
    left join first_moments
        on reached.lead_key = first_moments.lead_key and reached.stage_rank = first_moments.stage_rank
)

select * from timed
