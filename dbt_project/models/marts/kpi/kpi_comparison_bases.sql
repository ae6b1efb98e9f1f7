-- The sides of comparisons that can't be read off the KPI tables: of running periods both, over the same days; of KPIs
-- that mature the base as it stood at the age that the period has today.
with sides as (
    select * from {{ ref('int_comparison_sides') }}
),

kpis as (
    {{ kpis_of_sides('sides') }}
),

side_by_side as (
    select
        grain,
        period_start,
        dimension,
        member,
        kpi,
        comparison,
        max(case when is_after then value end) as value,
        max(case when not is_after then value end) as base_value,
        min(case when is_after or has_times then 1 else 0 end) = 1 as is_comparable
    from kpis
    group by grain, period_start, dimension, member, kpi, comparison
)

select * from side_by_side where value is not null or base_value is not null
