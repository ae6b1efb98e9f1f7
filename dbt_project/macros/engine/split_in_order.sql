{#-
    One row (the `keys`, `place`, `part`) for each part of a list written as text; `place` counts the parts.
    `separators` is a class of characters, such as `[;,]`.
-#}
{% macro split_in_order(rows, keys, column, separators) -%}
    {{ return(adapter.dispatch('split_in_order')(rows, keys, column, separators)) }}
{%- endmacro %}

{% macro duckdb__split_in_order(rows, keys, column, separators) -%}
    select
        {{ keys | join(', ') }},
        generate_subscripts(parts, 1) as place,
        trim(unnest(parts)) as part
    from (select *, regexp_split_to_array({{ column }}, '{{ separators }}') as parts from {{ rows }}) as split_rows
{%- endmacro %}

{% macro default__split_in_order(rows, keys, column, separators) -%}
    select
        {{ keys | join(', ') }},
        place + 1 as place,
        trim(part) as part
    from {{ rows }}
    lateral view posexplode(split({{ column }}, '{{ separators }}')) parts as place, part
{%- endmacro %}
