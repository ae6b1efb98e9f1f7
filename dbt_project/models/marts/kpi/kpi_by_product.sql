{{ config(
    post_hook="{{ grain_views(['product']) }}",
    meta={'parts': {'by': ['product'], 'of': {'int_kpi_periods_product': ['product']}}},
) }}
-- Every KPI that has a meaning for a product, one row for each period between its first and last event.
{{ kpi_table('product', ['product']) }}
