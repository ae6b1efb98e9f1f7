{%- set members = {
    'total': "'total'", 'channel': 'channel', 'campaign': "channel || ' / ' || campaign", 'sales_rep': 'sales_rep',
    'product': 'product',
} -%}
{{ config(materialized=written_once()) }}
-- What every KPI of every member and period is divided from: the rows of all dimensions with one shape.
{{ kpi_periods_of_all(members) }}
