-- Every KPI of every member and period as a row of its own, with what it was divided from; what is null is left out.
{% set dimensions = {
    'total': "'total'", 'channel': 'channel', 'campaign': "channel || ' / ' || campaign", 'sales_rep': 'sales_rep', 'product': 'product',
} %}
with
{% for dimension, member in dimensions.items() %}
{{ dimension }}_periods as (
    select *, {{ member }} as member from {{ ref('int_kpi_periods_' ~ dimension) }}
),
{% endfor %}
long as (
    {%- for dimension in dimensions %}
    {%- set last_dimension = loop.last %}
    {%- for kpi in kpi_catalogue() if dimension in kpi.dimensions %}
    select
        grain,
        period_start,
        '{{ dimension }}' as dimension,
        member,
        '{{ kpi.id }}' as kpi,
        cast({{ kpi_value(kpi) }} as double) as value,
        cast({{ 'null' if kpi.kind == 'median' else kpi.numerator }} as decimal(38, 9)) as numerator,
        cast({{ kpi.denominator or 'null' }} as decimal(38, 9)) as denominator,
        is_complete
    from {{ dimension }}_periods
    where {{ kpi_value(kpi) }} is not null
    {%- if not (last_dimension and loop.last) %}
    union all
    {%- endif %}
    {%- endfor %}
    {%- endfor %}
)

select * from long
