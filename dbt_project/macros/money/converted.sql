{#-
    An amount times a rate. DuckDB keeps the product of two numbers of up to 18 digits in 18 digits, of which the decimals
    of both leave 6 before the point: a million would not fit. Hence the wider amount.
-#}
{% macro converted(amount, rate) -%}
    cast({{ amount }} as decimal(28, 6)) * {{ rate }}
{%- endmacro %}
