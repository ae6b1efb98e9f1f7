{#- The whole part of a quotient of whole numbers, none of them negative: exact where a float would round. -#}
{% macro whole_quotient(dividend, divisor) -%}
    {{ return(adapter.dispatch('whole_quotient')(dividend, divisor)) }}
{%- endmacro %}

{% macro duckdb__whole_quotient(dividend, divisor) -%}
    (cast({{ dividend }} as hugeint) // ({{ divisor }}))
{%- endmacro %}

{% macro default__whole_quotient(dividend, divisor) -%}
    (({{ dividend }}) div ({{ divisor }}))
{%- endmacro %}
