{{ config(meta={'parts': parts_of_daily('int_kpi_events_channel', ['channel', 'campaign'])}) }}
-- What the KPIs by channel and campaign add up, day by day: the semantic layer sums and divides it.
{{ kpi_daily('int_kpi_events_channel', ['channel', 'campaign']) }}
