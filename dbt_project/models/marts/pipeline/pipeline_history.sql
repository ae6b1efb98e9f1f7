-- The pipeline as it stood at the end of each day, by stage: deals open then, their present amounts, and these times
-- the probability of being won, as in weighted_pipeline.
with days as (
    select * from {{ ref('int_weighted_pipeline_days') }}
),

history as (
    select
        end_date as day,
        stage,
        deals,
        amount,
        case when unknown = 0 then weighted_pipeline end as weighted
    from days
)

select * from history
