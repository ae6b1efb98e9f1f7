-- The company's measures by period of every grain: what kpi_total and kpi_long divide.
{{ kpi_periods('int_kpi_events_total', []) }}
