{{ config(enabled=source_is_enabled('hubspot')) }}

-- What a stage of a pipeline says about its deals. A stage that doesn't end a deal has no status here: the workspace's
-- `stages` may still call it won or lost.
with stages as (
    {{ newest_version(source('hubspot', 'deal_pipeline_stage'), ['stage_id'], ['_fivetran_synced']) }}
),

typed as (
    select
        stage_id,
        coalesce(label, stage_id) as stage,
        try_cast(probability as decimal(21, 6)) as probability,
        try_cast(closed_won as boolean) as closed_won,
        try_cast(is_closed as boolean) as is_closed
    from stages
),

judged as (
    select
        stage_id,
        stage,
        probability,
        case
            when coalesce(closed_won, probability = 1) then 'won'
            when coalesce(is_closed, probability = 0) then 'lost'
        end as status
    from typed
)

select * from judged
