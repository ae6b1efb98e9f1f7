-- KPIs measured outside, such as market share: one value for each day they were measured.
with measured as (
    select source, kpi, date, value from {{ ref('int_measurements__rows') }} where fate = 'kept'
)

select * from measured
