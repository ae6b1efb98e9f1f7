{{ config(materialized='view') }}
{%- set keys = ['grain', 'period_start', 'dimension', 'member', 'kpi', 'comparison'] -%}
{%- set sides = {'value': 'period_start', 'base_value': 'base_period_start'} -%}
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

sides as (
    {%- for side, start in sides.items() %}
    select
        periods.grain,
        periods.period_start,
        long.dimension,
        long.member,
        long.kpi,
        periods.comparison,
        {{ 'long.value' if side == 'value' else 'cast(null as double)' }} as value,
        {{ 'long.value' if side == 'base_value' else 'cast(null as double)' }} as base_value
    from periods
    inner join long on periods.grain = long.grain and periods.{{ start }} = long.period_start
    inner join kpis on long.kpi = kpis.kpi
    where periods.is_complete and not kpis.matures
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

either as (
    select
        {{ keys | join(',\n        ') }},
        max(value) as value,
        max(base_value) as base_value,
        true as is_comparable
    from sides
    group by {{ keys | join(', ') }}
    union all
    select
        {{ keys | join(',\n        ') }},
        value,
        base_value,
        is_comparable
    from {{ ref('kpi_comparison_bases') }}
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
