-- What the deals of a lead say about it: how far it came, whether all of them are lost or marked as duplicates.
with deals as (
    select
        dated.deal_key,
        dated.lead_key_given as lead_key,
        dated.deal_status,
        dated.stage_rank,
        coalesce(marked.matches_duplicate, false) as matches_duplicate
    from {{ ref('int_deals__dated') }} as dated
    left join {{ ref('int_deals__marked') }} as marked on dated.deal_key = marked.deal_key
    where
        dated.fate = 'kept' and dated.lead_key_given is not null and not dated.is_deleted
        and not coalesce(marked.matches_test, false)
),

history as (
    select
        stage_history.entity_key,
        max({{ stage_rank('stage_history.meaning') }}) as stage_rank
    from {{ ref('int_stage_history') }} as stage_history
    where stage_history.entity = 'deals'
    group by stage_history.entity_key
),

-- a status beats the stage: a deal that is not won has not reached `won` by the name of its stage
ranked as (
    select
        deals.lead_key,
        deals.deal_status,
        deals.matches_duplicate,
        greatest(
            case
                when deals.deal_status = 'won' then 5
                when deals.stage_rank < 5 then deals.stage_rank
                else 0
            end,
            coalesce(history.stage_rank, 0)
        ) as stage_rank
    from deals
    left join history on deals.deal_key = history.entity_key
),

one_each as (
    select
        lead_key,
        max(stage_rank) as stage_rank,
        max(case when deal_status = 'won' then 1 else 0 end) = 1 as has_won,
        min(case when deal_status = 'lost' then 1 else 0 end) = 1 as all_lost,
        min(case when matches_duplicate then 1 else 0 end) = 1 as all_duplicates
    from ranked
    group by lead_key
)

select * from one_each
