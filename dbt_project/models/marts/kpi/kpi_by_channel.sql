{{ config(materialized=written_once(), post_hook="{{ grain_views(['channel']) }}") }}
-- Every KPI by channel, one row for each period between the channel's first and last event.
{{ kpi_table('channel', ['channel']) }}
