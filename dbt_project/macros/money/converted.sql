{#-
    An amount times a rate. DuckDB keeps the product of two numbers of up to 18 digits in 18 digits, of which the decimals
    of both leave 6 before the point: a million would not fit. Hence the wider amount.
-#}
{% macro converted(amount, rate) -%}
    cast({{ amount }} as decimal(28, 6)) * {{ rate }}
{%- endmacro %}


{#- A product of two numbers as they come; null where it is larger than money may be, which then refuses the row. -#}
{% macro product_if_it_fits(one, other) -%}
    case when not {{ is_too_large(one, other) }} then {{ converted(one, other) }} end
{%- endmacro %}


{#-
    Whether a product is larger than money may be: landing takes no number of 10^15 or more (the type in
    orchestration/extracts/sources.py), but the product of two may be one. Null where a factor is.
-#}
{% macro is_too_large(amount, factor) -%}
    abs(cast({{ amount }} as double) * cast({{ factor }} as double)) > 1e15
{%- endmacro %}
