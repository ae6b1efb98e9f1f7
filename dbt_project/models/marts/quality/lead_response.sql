-- Speed to lead by sales representative and by channel, by the clock and in business hours.
with responses as (
    select * from {{ ref('int_lead_responses') }}
),

periods as (
    select * from {{ ref('int_periods') }} where grain in ('week', 'month', 'quarter', 'year') and has_come
),

dimensions as (
    select 'total' as dimension
    union all
    select 'sales_rep' as dimension
    union all
    select 'channel' as dimension
),

members as (
    select
        responses.*,
        periods.grain,
        periods.period_start,
        dimensions.dimension,
        case when dimensions.dimension = 'sales_rep' then responses.owner end as member_sales_rep,
        case when dimensions.dimension = 'channel' then responses.channel end as member_channel
    from responses
    inner join periods on responses.created_date = periods.date
    cross join dimensions
),

grouped as (
    select
        grain,
        period_start,
        dimension,
        member_sales_rep as sales_rep,
        member_channel as channel,
        count(*) as leads,
        count(response_seconds) as answered,
        count(*) filter (where is_due) as due,
        count(*) filter (where is_within_sla) as within_sla,
        count(*) filter (where is_due_in_business_hours) as due_in_business_hours,
        count(*) filter (where is_within_sla_in_business_hours) as within_sla_in_business_hours,
        count(*) filter (where is_never_answered) as never_answered,
        percentile_cont(0.5) within group (order by response_seconds) / 60.0 as median_minutes,
        percentile_cont(0.5) within group (order by business_seconds) / 60.0 as median_business_minutes
    from members
    group by grain, period_start, dimension, member_sales_rep, member_channel
),

response as (
    select
        grain,
        period_start,
        dimension,
        sales_rep,
        channel,
        cast(leads as bigint) as leads,
        cast(answered as bigint) as answered,
        cast(due as bigint) as due,
        cast(within_sla as bigint) as within_sla,
        cast(due_in_business_hours as bigint) as due_in_business_hours,
        cast(within_sla_in_business_hours as bigint) as within_sla_in_business_hours,
        cast(never_answered as bigint) as never_answered,
        cast(median_minutes as double) as median_minutes,
        cast(median_business_minutes as double) as median_business_minutes
    from grouped
)

select * from response
