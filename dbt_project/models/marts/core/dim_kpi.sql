-- The catalogue of KPIs as a table.
with catalogue as (
    {{ kpi_catalogue_rows() }}
)

select * from catalogue
