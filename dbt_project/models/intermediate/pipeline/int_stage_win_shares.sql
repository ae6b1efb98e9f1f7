{#- So many closed deals make a share of a stage; with fewer it is the share of all. -#}
{%- set enough = 20 -%}
-- On each day: of the deals closed up to then that had stood in a stage of a source, the share won; with fewer than
-- {{ enough }} of them the share of all closed deals. The row without stage is that of all.
with closed as (
    select deal_key, source, closed_date as date, case when counts_won then 1 else 0 end as won
    from {{ ref('int_deals') }}
    where (counts_won or counts_lost) and closed_date is not null
),

stood as (
    select distinct closed.deal_key, closed.source, lower(stage_history.stage) as stage, closed.date, closed.won
    from closed
    inner join {{ ref('int_stage_history') }} as stage_history
        on closed.deal_key = stage_history.entity_key and stage_history.entity = 'deals'
    where stage_history.entered_date <= closed.date and coalesce(stage_history.meaning, '') not in ('won', 'lost')
),

counted as (
    select cast(null as varchar) as source, cast(null as varchar) as stage, date, sum(won) as won, count(*) as deals
    from closed
    group by date
    union all
    select source, stage, date, sum(won) as won, count(*) as deals
    from stood
    where stage is not null
    group by source, stage, date
),

days as (
    select distinct periods.date
    from {{ ref('int_periods') }} as periods
    inner join {{ source('settings', 'workspace') }} as workspace on periods.date <= workspace.today
),

spine as (
    select stages.source, stages.stage, days.date
    from (select source, stage, min(date) as first_date from counted group by source, stage) as stages
    inner join days on stages.first_date <= days.date
),

cumulated as (
    select
        spine.source,
        spine.stage,
        spine.date,
        sum(counted.won) over so_far as won,
        sum(counted.deals) over so_far as deals
    from spine
    left join counted
        on
            coalesce(spine.source, '') = coalesce(counted.source, '')
            and coalesce(spine.stage, '') = coalesce(counted.stage, '')
            and spine.date = counted.date
    window so_far as (
        partition by spine.source, spine.stage order by spine.date rows between unbounded preceding and current row
    )
),

shares as (
    select
        stages.date,
        stages.source,
        stages.stage,
        cast(stages.deals as bigint) as deals,
        cast(case
            when stages.stage is null or stages.deals >= {{ enough }} then stages.won / cast(stages.deals as double)
            else every.won / cast(every.deals as double)
        end as double) as share_won
    from cumulated as stages
    inner join cumulated as every on stages.date = every.date and every.stage is null
)

select * from shares
