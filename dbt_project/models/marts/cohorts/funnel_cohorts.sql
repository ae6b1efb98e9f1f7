-- The leads created in a period, stage by stage: how many got there, how many got further, and how long it took.
with leads as (
    select * from {{ ref('int_leads') }} where counts
),

lead_stages as (
    select * from {{ ref('int_lead_stages') }}
),

periods as (
    select * from {{ ref('int_periods') }} where grain in ('month', 'quarter', 'year')
),

steps as (
    select
        lead_key,
        stage_rank,
        stage,
        entered_at,
        lead(entered_at) over (partition by lead_key order by stage_rank) as next_entered_at,
        lead(stage_rank) over (partition by lead_key order by stage_rank) is not null as is_converted
    from lead_stages
),

durations as (
    select
        leads.channel,
        leads.campaign,
        leads.created_date,
        steps.stage_rank,
        steps.stage,
        steps.is_converted,
        case
            when steps.next_entered_at >= steps.entered_at
                then {{ seconds_between('steps.entered_at', 'steps.next_entered_at') }} / 86400.0
        end as days
    from steps
    inner join leads on steps.lead_key = leads.lead_key
),

grouped as (
    select
        periods.grain,
        periods.period_start,
        case
            when grouping(durations.channel) = 1 then 'total'
            when grouping(durations.campaign) = 1 then 'channel'
            else 'campaign'
        end as dimension,
        durations.channel,
        durations.campaign,
        durations.stage_rank,
        durations.stage,
        count(*) as entered,
        count(*) filter (where durations.is_converted) as converted,
        count(durations.days) as timed,
        percentile_cont(0.5) within group (order by durations.days) as median_days
    from durations
    inner join periods on durations.created_date = periods.date
    group by grouping sets (
        (periods.grain, periods.period_start, durations.stage_rank, durations.stage),
        (periods.grain, periods.period_start, durations.stage_rank, durations.stage, durations.channel),
        (
            periods.grain, periods.period_start, durations.stage_rank, durations.stage,
            durations.channel, durations.campaign
        )
    )
),

cohorts as (
    select
        grain,
        period_start,
        dimension,
        channel,
        campaign,
        cast(stage_rank as integer) as stage_rank,
        stage,
        cast(entered as bigint) as entered,
        cast(converted as bigint) as converted,
        -- the last stage leads nowhere further
        case when stage <> 'won' then cast(converted as double) / entered end as share,
        cast(timed as bigint) as timed,
        cast(median_days as double) as median_days
    from grouped
)

select * from cohorts
