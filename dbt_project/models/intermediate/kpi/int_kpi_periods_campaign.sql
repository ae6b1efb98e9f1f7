{{ config(meta={'parts': parts_of_periods('int_kpi_events_channel', ['channel', 'campaign'])}) }}
-- Measures by campaign and period of every grain: what kpi_by_campaign and kpi_long divide.
{{ kpi_periods('int_kpi_events_channel', ['channel', 'campaign']) }}
