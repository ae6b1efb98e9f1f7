-- The leads created in a period, stage by stage: how many got there, how many got further, and how long it took.
with leads as (
    select * from {{ ref('int_leads') }} where counts
),

lead_stages as (
    select * from {{ ref('int_lead_stages') }}
),

periods as (
    select * from {{ ref('int_periods') }} where grain in ('month', 'quarter', 'year') and has_come
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
                then {{ seconds_between('steps.entered_at', 'steps.next_entered_at') }}
        end as seconds
    from steps
    inner join leads on steps.lead_key = leads.lead_key
),

dimensions as (
    select 'total' as dimension
    union all
    select 'channel' as dimension
    union all
    select 'campaign' as dimension
),

members as (
    select
        durations.*,
        periods.grain,
        periods.period_start,
        dimensions.dimension,
        case when dimensions.dimension in ('channel', 'campaign') then durations.channel end as member_channel,
        case when dimensions.dimension = 'campaign' then durations.campaign end as member_campaign
    from durations
    inner join periods on durations.created_date = periods.date
    cross join dimensions
),

grouped as (
    select
        grain,
        period_start,
        dimension,
        member_channel as channel,
        member_campaign as campaign,
        stage_rank,
        stage,
        count(*) as entered,
        count(*) filter (where is_converted) as converted,
        count(seconds) as timed,
        percentile_cont(0.5) within group (order by seconds) / 86400.0 as median_days
    from members
    group by grain, period_start, dimension, member_channel, member_campaign, stage_rank, stage
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
