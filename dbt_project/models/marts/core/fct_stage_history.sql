{{ config(materialized=written_once()) }}
-- When leads and deals entered their stages.
with stage_history as (
    select * from {{ ref('int_stage_history') }}
),

history as (
    select
        entity,
        entity_key,
        source,
        entered_at,
        entered_at_is_date,
        entered_date,
        stage,
        meaning
    from stage_history
)

select * from history
