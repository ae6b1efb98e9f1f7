{{ config(materialized=written_once()) }}
-- What the KPIs by sales representative add up, day by day: the semantic layer sums and divides it.
{{ kpi_daily('int_kpi_events_sales_rep', ['sales_rep']) }}
