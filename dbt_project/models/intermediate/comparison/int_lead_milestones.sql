-- The day on which each lead reached a stage that it has reached, by what proves that stage or a later one; null where
-- nothing that proves it has a time (a rule, a stage without history, an estimated closing date).
with leads as (
    select * from {{ ref('int_leads') }} where counts
),

deals as (
    -- a duplicate's open and lost deals say nothing of the lead that survived
    select * from {{ ref('int_deals') }} where lead_key is not null and (counts_won or counts_lost or counts_open)
),

stages as (
    select meaning as stage, {{ stage_rank('meaning') }} as stage_rank
    from (values ('contacted'), ('qualified'), ('opportunity'), ('won')) as names (meaning)
),

proofs as (
    select
        lead_key,
        2 as stage_rank,
        coalesce(
            {{ reporting_date('first_response_at') }},
            {{ reporting_date(add_seconds('created_at', 'response_seconds')) }}
        ) as date
    from leads
    union all
    select lead_key, 3 as stage_rank, qualified_date as date from leads
    union all
    -- won is proved by a won deal only
    select
        entity_key as lead_key,
        least({{ stage_rank('meaning') }}, 4) as stage_rank,
        entered_date as date
    from {{ ref('int_stage_history') }}
    where entity = 'leads'
    union all
    select
        deals.lead_key,
        least({{ stage_rank('stage_history.meaning') }}, 4) as stage_rank,
        stage_history.entered_date as date
    from {{ ref('int_stage_history') }} as stage_history
    inner join deals on stage_history.entity_key = deals.deal_key
    where stage_history.entity = 'deals'
    union all
    select lead_key, 5 as stage_rank, closed_date as date
    from deals
    where counts_won and not closed_at_is_estimated
),

reached as (
    select
        leads.lead_key,
        stages.stage,
        stages.stage_rank
    from leads
    inner join stages as own_stage on leads.stage_reached = own_stage.stage
    inner join stages on own_stage.stage_rank >= stages.stage_rank
),

dated as (
    select
        reached.lead_key,
        reached.stage,
        min(proofs.date) as date
    from reached
    left join proofs on reached.lead_key = proofs.lead_key and reached.stage_rank <= proofs.stage_rank
    group by reached.lead_key, reached.stage
)

select * from dated
