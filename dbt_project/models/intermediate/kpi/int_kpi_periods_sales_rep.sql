{{ config(meta={'parts': parts_of_periods('int_kpi_events_sales_rep', ['sales_rep'])}) }}
-- Measures by sales representative and period of every grain: what kpi_by_sales_rep and kpi_long divide.
{{ kpi_periods('int_kpi_events_sales_rep', ['sales_rep']) }}
