{#- One row (`key`, `part`) for each part of a list written as text, such as `12;15`. -#}
{% macro split_to_rows(rows, key, column, separator) -%}
    {{ return(adapter.dispatch('split_to_rows')(rows, key, column, separator)) }}
{%- endmacro %}

{% macro duckdb__split_to_rows(rows, key, column, separator) -%}
    select
        {{ key }},
        trim(unnest(string_split({{ column }}, '{{ separator }}'))) as part
    from {{ rows }}
    where {{ column }} is not null
{%- endmacro %}

{% macro default__split_to_rows(rows, key, column, separator) -%}
    select
        {{ key }},
        trim(part) as part
    from {{ rows }}
    lateral view explode(split({{ column }}, '[{{ separator }}]')) parts as part
    where {{ column }} is not null
{%- endmacro %}
