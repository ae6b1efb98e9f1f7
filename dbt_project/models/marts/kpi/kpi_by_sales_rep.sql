{{ config(materialized=written_once(), post_hook="{{ grain_views(['sales_rep']) }}") }}
-- Every KPI that has a meaning for a sales representative, one row for each period between their first and last event.
{{ kpi_table('sales_rep', ['sales_rep']) }}
