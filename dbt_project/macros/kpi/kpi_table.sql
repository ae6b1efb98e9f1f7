{#- SQL of one KPI's value over the sums of a period and member; a zero or missing denominator gives null. -#}
{% macro kpi_value(kpi) -%}
    {%- if kpi.kind in ('sum', 'stock') -%}
    cast({{ kpi.numerator }} as {{ kpi_data_type(kpi) }})
    {%- elif kpi.kind == 'median' -%}
    cast({{ kpi.numerator }} as double)
    {%- else -%}
    cast({{ kpi.numerator }} as double) / nullif(cast({{ kpi.denominator }} as double), 0)
    {%- endif -%}
{%- endmacro %}


{#- Type of a KPI's column: additive ones are exact, ratios and medians are floats. -#}
{% macro kpi_data_type(kpi) -%}
    {%- if kpi.kind == 'stock' -%}
    {{ kpi_stocks()[kpi.numerator] }}
    {%- elif kpi.kind != 'sum' -%}
    double
    {%- elif kpi.numerator in kpi_measures() -%}
    {{ kpi_measures()[kpi.numerator] }}
    {%- else -%}
    {{ kpi_derived_measures()[kpi.numerator]['data_type'] }}
    {%- endif -%}
{%- endmacro %}


{#- A whole kpi_* model: every KPI of the catalogue as a column, null where it has no meaning for the dimension. -#}
{% macro kpi_table(dimension, members) -%}
with periods as (
    select * from {{ ref('int_kpi_periods_' ~ dimension) }}
),

kpis as (
    select
        grain,
        period_start,
        period_end,
        is_complete,
        {%- for member in members %}
        {{ member }},
        {%- endfor %}
        {%- for kpi in kpi_catalogue() %}
        {{ kpi_value(kpi) if dimension in kpi.dimensions else 'cast(null as ' ~ kpi_data_type(kpi) ~ ')' }} as {{ kpi.id }}{{ ',' if not loop.last }}
        {%- endfor %}
    from periods
)

select * from kpis
{%- endmacro %}
