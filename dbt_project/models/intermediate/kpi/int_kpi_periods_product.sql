-- Measures by product and period of every grain: what kpi_by_product and kpi_long divide.
{{ kpi_periods('int_kpi_events_product', ['product'], products_of_deals=true) }}
