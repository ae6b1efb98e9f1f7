{{ config(materialized=written_once(), post_hook="{{ grain_views(['channel', 'campaign']) }}") }}
-- Every KPI by channel and campaign, one row for each period between the campaign's first and last event.
{{ kpi_table('campaign', ['channel', 'campaign']) }}
