-- Kaplan-Meier: the share of a cohort won by a given age, with young leads counted only for as long as they were seen.
with survival as (
    select * from {{ ref('int_lead_survival') }}
),

periods as (
    select * from {{ ref('int_periods') }} where grain in ('month', 'quarter', 'year')
),

dimensions as (
    select 'total' as dimension
    union all
    select 'channel' as dimension
),

members as (
    select
        survival.*,
        periods.grain,
        periods.period_start,
        dimensions.dimension,
        case when dimensions.dimension = 'channel' then survival.channel end as member_channel
    from survival
    inner join periods on survival.created_date = periods.date
    cross join dimensions
),

ages as (
    select
        grain,
        period_start,
        dimension,
        member_channel as channel,
        age_days,
        count(*) filter (where not is_left_out) as leads,
        count(*) filter (where is_won and not is_left_out) as wins,
        count(*) filter (where is_left_out) as wins_left_out
    from members
    group by grain, period_start, dimension, member_channel, age_days
),

at_risk as (
    select
        *,
        sum(leads) over (
            partition by grain, period_start, dimension, channel
            order by age_days desc rows between unbounded preceding and current row
        ) as leads_at_risk,
        sum(leads) over (partition by grain, period_start, dimension, channel) as cohort_leads,
        sum(wins_left_out) over (partition by grain, period_start, dimension, channel) as cohort_wins_left_out
    from ages
),

-- ln(0) where everybody at risk is won at once: the curve ends at 1 there
hazards as (
    select
        *,
        case when wins < leads_at_risk then ln(1 - cast(wins as double) / leads_at_risk) end as log_step,
        case
            when wins < leads_at_risk
                then cast(wins as double) / (cast(leads_at_risk as double) * (leads_at_risk - wins))
        end as variance_step,
        case when wins = leads_at_risk then 1 else 0 end as is_exhausted
    from at_risk
    where leads > 0
),

cumulated as (
    select
        *,
        sum(coalesce(log_step, 0)) over up_to_this_age as log_survival,
        sum(coalesce(variance_step, 0)) over up_to_this_age as variance,
        max(is_exhausted) over up_to_this_age as exhausted
    from hazards
    window up_to_this_age as (
        partition by grain, period_start, dimension, channel
        order by age_days rows between unbounded preceding and current row
    )
),

-- 95 % interval by Greenwood's variance on the log(-log) scale (Kalbfleisch & Prentice), so that it stays in 0..1
curves as (
    select
        grain,
        period_start,
        dimension,
        channel,
        cast(age_days as bigint) as age_days,
        cast(leads_at_risk as bigint) as leads_at_risk,
        cast(wins as bigint) as wins,
        case when exhausted = 1 then 1.0 else {{ rounded('1 - exp(log_survival)', 12) }} end as conversion,
        case
            when exhausted = 1 then 1.0
            when log_survival = 0 then 0.0
            else {{ rounded('1 - exp(log_survival * exp(1.959963984540054 * sqrt(variance) / log_survival))', 12) }}
        end as conversion_low,
        case
            when exhausted = 1 then 1.0
            when log_survival = 0 then 0.0
            else {{ rounded('1 - exp(log_survival * exp(-1.959963984540054 * sqrt(variance) / log_survival))', 12) }}
        end as conversion_high,
        cast(cohort_leads as bigint) as cohort_leads,
        cast(cohort_wins_left_out as bigint) as cohort_wins_left_out
    from cumulated
)

select * from curves
