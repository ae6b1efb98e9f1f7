{{ config(materialized='view') }}
{%- set keys = ['grain', 'period_start', 'dimension', 'member', 'kpi', 'comparison'] -%}
-- Every KPI of a period beside its base, like with like: a running period beside the same number of days, KPIs that
-- mature at the same age. Whole periods are read off the KPI tables; what can't be is stored. Both are read in place:
-- as a CTE that is named twice each would be computed whole for every question.
with periods as (
    select * from {{ ref('kpi_comparison_periods') }}
),

kpis as (
    select * from {{ ref('dim_kpi') }}
),

stored_kpis as (
    {{ kpis_of_sides(ref('kpi_comparison_bases')) }}
),

-- A base of which nothing came later stands as it is. Whose customers brought what later is reckoned for the company
-- alone.
bases as (
    select
        periods.grain,
        periods.period_start,
        periods.comparison,
        long.dimension,
        long.member,
        long.kpi,
        long.value,
        long.dimension = 'total'
        or long.kpi not in (
            {%- for kpi in kpi_catalogue() if 'ltv_gross_profit' in kpi_has_times(kpi) %}
            '{{ kpi.id }}'{{ ',' if not loop.last }}
            {%- endfor %}
        ) as has_times
    from periods
    inner join {{ ref('kpi_long') }} as long
        on periods.grain = long.grain and periods.base_period_start = long.period_start
    inner join kpis on long.kpi = kpis.kpi
    left join {{ ref('kpi_comparison_bases') }} as stored
        on
            periods.grain = stored.grain
            and periods.period_start = stored.period_start
            and periods.comparison = stored.comparison
            and long.dimension = stored.dimension
            and long.member = stored.member
    where periods.is_complete and not (kpis.matures and stored.grain is not null)
),

sides as (
    select
        {{ keys | join(',\n        ') }},
        is_after,
        value,
        has_times
    from stored_kpis
    union all
    select
        {{ keys | join(',\n        ') }},
        false as is_after,
        value,
        has_times
    from bases
    union all
    select
        long.{{ keys[:-1] | join(',\n        long.') }},
        periods.comparison,
        true as is_after,
        long.value,
        true as has_times
    from periods
    inner join {{ ref('kpi_long') }} as long
        on periods.grain = long.grain and periods.period_start = long.period_start
    where periods.is_complete
),

side_by_side as (
    select
        {{ keys | join(',\n        ') }},
        max(case when is_after then value end) as value,
        max(case when not is_after then value end) as base_value,
        min(case when is_after or has_times then 1 else 0 end) = 1 as is_comparable
    from sides
    group by {{ keys | join(', ') }}
),

compared as (
    select
        side_by_side.{{ keys | join(',\n        side_by_side.') }},
        side_by_side.value,
        side_by_side.base_value,
        periods.days_compared,
        side_by_side.is_comparable
    from side_by_side
    inner join periods
        on
            side_by_side.grain = periods.grain
            and side_by_side.period_start = periods.period_start
            and side_by_side.comparison = periods.comparison
    where side_by_side.value is not null or side_by_side.base_value is not null
)

select * from compared
