{#- One row (`number`) for each whole number from `first` to `last`. -#}
{% macro whole_numbers(first, last) -%}
    {{ return(adapter.dispatch('whole_numbers')(first, last)) }}
{%- endmacro %}

{% macro duckdb__whole_numbers(first, last) -%}
    select unnest(generate_series({{ first }}, {{ last }})) as number
{%- endmacro %}

{% macro default__whole_numbers(first, last) -%}
    select explode(case when {{ first }} <= {{ last }} then sequence({{ first }}, {{ last }}) end) as number
{%- endmacro %}
