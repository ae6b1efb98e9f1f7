{{ config(
    post_hook="{{ grain_views(['channel']) }}",
    meta={'parts': {'by': ['channel'], 'of': {'int_kpi_periods_channel': ['channel']}}},
) }}
-- Every KPI by channel, one row for each period between the channel's first and last event.
{{ kpi_table('channel', ['channel']) }}
