-- Why a KPI changed, and whose lever it was: contributions of the factors, for the total and each channel.
with revenue_of_channels as (
    select * from {{ ref('int_bridge_revenue') }}
),

channels as (
    select * from {{ ref('int_bridge_channels') }}
),

roi as (
    select * from {{ ref('int_bridge_roi') }}
),

average_check as (
    select * from {{ ref('int_bridge_average_check') }}
),

-- where no deals have come at all, revenue is unknown: nothing that was there changed
recorded as (
    select count(*) as days from {{ ref('int_kpi_events_total') }} where won_amount is not null or refunds is not null
),

-- the total's factors are the sums of the channels', so both views agree
revenue_factors as (
    select *, 'channel' as dimension
    from revenue_of_channels
    union all
    select
        grain,
        period_start,
        comparison,
        base_period_start,
        is_complete,
        cast(null as varchar) as channel,
        step,
        factor,
        cast(null as double) as value_before,
        cast(null as double) as value_after,
        sum(contribution) as contribution,
        'total' as dimension
    from revenue_of_channels
    group by grain, period_start, comparison, base_period_start, is_complete, step, factor
),

revenue_levels as (
    select
        grain,
        period_start,
        comparison,
        'channel' as dimension,
        channel,
        won_amount_before - refunds_before as revenue_before,
        won_amount_after - refunds_after as revenue_after
    from channels
    union all
    select
        grain,
        period_start,
        comparison,
        'total' as dimension,
        cast(null as varchar) as channel,
        sum(won_amount_before - refunds_before) as revenue_before,
        sum(won_amount_after - refunds_after) as revenue_after
    from channels
    group by grain, period_start, comparison
),

revenue as (
    select
        factors.grain,
        factors.period_start,
        factors.comparison,
        factors.base_period_start,
        factors.is_complete,
        factors.dimension,
        factors.channel,
        factors.step,
        factors.factor,
        factors.value_before,
        factors.value_after,
        cast(levels.revenue_before as double) as kpi_before,
        cast(levels.revenue_after as double) as kpi_after,
        -- its sums are wider than an ROI is: a union of both would round that to cents
        cast(factors.contribution as decimal(28, 6)) as contribution
    from revenue_factors as factors
    inner join revenue_levels as levels
        on
            factors.grain = levels.grain
            and factors.period_start = levels.period_start
            and factors.comparison = levels.comparison
            -- a channel may be called so: what Google Analytics says of a visit without a medium
            and factors.dimension = levels.dimension
            and coalesce(factors.channel, '(none)') = coalesce(levels.channel, '(none)')
),

bridges as (
    select 'revenue' as kpi, * from revenue
    union all
    select 'roi' as kpi, * from roi
    union all
    select 'average_check' as kpi, * from average_check
),

owned as (
    select
        kpi,
        grain,
        period_start,
        comparison,
        base_period_start,
        is_complete,
        dimension,
        channel,
        cast(step as integer) as step,
        factor,
        case
            when factor in (
                'marketing_cost', 'leads', 'leads_per_cost', 'qualification_rate', 'entered', 'left',
                'revenue_per_cost', 'mix'
            ) then 'marketing'
            when factor = 'no_base' then 'nobody'
            else 'sales'
        end as owner,
        value_before,
        value_after,
        kpi_before,
        kpi_after,
        cast(contribution as decimal(28, 6)) as contribution
    from bridges
    where exists (select 1 from recorded where recorded.days > 0)
)

select * from owned
