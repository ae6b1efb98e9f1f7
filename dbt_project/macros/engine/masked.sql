{#- The shape of a text: letters of any script as x, digits as 9. -#}
{% macro masked(column) -%}
    {{ return(adapter.dispatch('masked')(column)) }}
{%- endmacro %}

{% macro duckdb__masked(column) -%}
    regexp_replace(regexp_replace({{ column }}, '\p{L}', 'x', 'g'), '\p{N}', '9', 'g')
{%- endmacro %}

{% macro default__masked(column) -%}
    regexp_replace(regexp_replace({{ column }}, '\p{L}', 'x'), '\p{N}', '9')
{%- endmacro %}
