{{ config(materialized='view') }}
-- Every KPI of every member and period as a row of its own, with what it was divided from; what is null is left out.
with sums as (
    select * from {{ ref('kpi_sums') }}
),

long as (
    {{ kpi_long_rows('sums') }}
)

select * from long
