{#- After `as` of a CTE: it is computed where it is read, each time, since as a whole it would not fit where its reader fits. -#}
{% macro read_in_place() -%}
    {{ return(adapter.dispatch('read_in_place')()) }}
{%- endmacro %}

{% macro duckdb__read_in_place() -%}
    not materialized
{%- endmacro %}

{#- Elsewhere that is what the engine does anyway. -#}
{% macro default__read_in_place() -%}
{%- endmacro %}
