{{ config(materialized='view') }}
-- Every KPI of every member and period as a row of its own, with what it was divided from; what is null is left out.
-- The sums are read in place: as a CTE they would be computed whole, all columns of them, for every question.
with long as (
    {{ kpi_long_rows(ref('kpi_sums')) }}
)

select * from long
