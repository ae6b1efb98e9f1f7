{{ config(meta={'parts': parts_of_periods('int_kpi_events_channel', ['channel'])}) }}
-- Measures by channel and period of every grain: what kpi_by_channel and kpi_long divide.
{{ kpi_periods('int_kpi_events_channel', ['channel'], events_are_finer=true) }}
