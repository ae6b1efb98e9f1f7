{{ config(post_hook="{{ grain_views() }}") }}
-- Every KPI of the whole company, one row for each period of every grain.
{{ kpi_table('total', []) }}
