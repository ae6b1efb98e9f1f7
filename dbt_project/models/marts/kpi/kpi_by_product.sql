{{ config(materialized=written_once(), post_hook="{{ grain_views(['product']) }}") }}
-- Every KPI that has a meaning for a product, one row for each period between its first and last event.
{{ kpi_table('product', ['product']) }}
