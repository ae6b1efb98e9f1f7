{{ config(materialized='view') }}
-- Every KPI of a period beside its base, like with like: a running period beside the same number of days, KPIs that
-- mature at the same age. Whole periods are read off the KPI tables; what can't be is stored.
with periods as (
    select * from {{ ref('kpi_comparison_periods') }}
),

kpis as (
    select * from {{ ref('dim_kpi') }}
),

long as (
    select * from {{ ref('kpi_long') }} where grain <> 'day'
),

stored as (
    select * from {{ ref('kpi_comparison_bases') }}
),

sides as (
    select
        periods.grain,
        periods.period_start,
        periods.comparison,
        long.dimension,
        long.member,
        long.kpi,
        long.value,
        cast(null as double) as base_value
    from periods
    inner join long on periods.grain = long.grain and periods.period_start = long.period_start
    where periods.is_complete
    union all
    select
        periods.grain,
        periods.period_start,
        periods.comparison,
        long.dimension,
        long.member,
        long.kpi,
        cast(null as double) as value,
        long.value as base_value
    from periods
    inner join long on periods.grain = long.grain and periods.base_period_start = long.period_start
    where periods.is_complete
),

whole as (
    select
        sides.grain,
        sides.period_start,
        sides.dimension,
        sides.member,
        sides.kpi,
        sides.comparison,
        max(sides.value) as value,
        max(sides.base_value) as base_value,
        true as is_comparable
    from sides
    inner join kpis on sides.kpi = kpis.kpi and not kpis.matures
    group by sides.grain, sides.period_start, sides.dimension, sides.member, sides.kpi, sides.comparison
),

either as (
    select * from whole
    union all
    select grain, period_start, dimension, member, kpi, comparison, value, base_value, is_comparable from stored
),

compared as (
    select
        either.grain,
        either.period_start,
        either.dimension,
        either.member,
        either.kpi,
        either.comparison,
        either.value,
        either.base_value,
        periods.days_compared,
        either.is_comparable
    from either
    inner join periods
        on
            either.grain = periods.grain
            and either.period_start = periods.period_start
            and either.comparison = periods.comparison
)

select * from compared
