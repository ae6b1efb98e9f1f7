{#- The values of a group as one text, in the order of `order_by`, `separator` between them. -#}
{% macro ordered_list(value, order_by, separator) -%}
    {{ return(adapter.dispatch('ordered_list')(value, order_by, separator)) }}
{%- endmacro %}

{% macro duckdb__ordered_list(value, order_by, separator) -%}
    string_agg({{ value }}, '{{ separator }}' order by {{ order_by }})
{%- endmacro %}

{% macro default__ordered_list(value, order_by, separator) -%}
    listagg({{ value }}, '{{ separator }}') within group (order by {{ order_by }})
{%- endmacro %}
