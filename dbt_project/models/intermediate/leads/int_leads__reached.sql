-- The highest stage of each lead: its history, its stage now, its deals, a first response (contacted), qualified_at or
-- the workspace's rule (qualified). Won is who has a won deal, and nobody else: a stage that says so without one was an
-- opportunity. Losing is no stage.
with leads as (
    select * from {{ ref('int_leads__rows') }} where fate = 'kept'
),

history as (
    select
        entity_key,
        max({{ stage_rank('meaning') }}) as stage_rank,
        min(case when {{ stage_rank('meaning') }} >= 3 then entered_at end) as qualified_at
    from {{ ref('int_stage_history') }}
    where entity = 'leads'
    group by entity_key
),

-- a duplicate's won deal belongs to the surviving lead
won_by_duplicates as (
    select distinct survivors.duplicate_of as lead_key
    from {{ ref('int_leads__survivors') }} as survivors
    inner join {{ ref('int_leads__deals') }} as deals on survivors.lead_key = deals.lead_key
    where deals.has_won and survivors.duplicate_of is not null
),

ranked as (
    select
        leads.lead_key,
        stages.meaning as stage_meaning,
        leads.stage is not null and stages.meaning is null as stage_is_unmapped,
        coalesce(leads.qualified_at, history.qualified_at) as qualified_at,
        coalesce(deals.has_won, false) or won_by_duplicates.lead_key is not null as has_won,
        coalesce(deals.all_lost, false) as all_lost,
        greatest(
            1,
            least(coalesce(history.stage_rank, 1), 4),
            least(coalesce(stages.stage_rank, 1), 4),
            least(coalesce(deals.stage_rank, 1), 4),
            case when leads.first_response_at is not null or leads.response_seconds >= 0 then 2 else 1 end,
            case when leads.qualified_at is not null or marked.matches_qualified then 3 else 1 end,
            case when deals.has_won or won_by_duplicates.lead_key is not null then 5 else 1 end
        ) as stage_rank
    from leads
    left join history on leads.lead_key = history.entity_key
    left join {{ ref('int_stage_meanings') }} as stages on lower(leads.stage) = stages.stage_lower
    left join {{ ref('int_leads__deals') }} as deals on leads.lead_key = deals.lead_key
    left join won_by_duplicates on leads.lead_key = won_by_duplicates.lead_key
    left join {{ ref('int_leads__marked') }} as marked on leads.lead_key = marked.lead_key
),

named as (
    select
        *,
        case stage_rank
            when 1 then 'new'
            when 2 then 'contacted'
            when 3 then 'qualified'
            when 4 then 'opportunity'
            when 5 then 'won'
        end as stage_reached,
        not has_won and (coalesce(stage_meaning, '') = 'lost' or all_lost) as is_lost
    from ranked
)

select * from named
