{#-
    `select` all columns of `rows` but those of the list `without`, some of them replaced: `columns` maps a name to its
    expression over the old ones, `without` among them.
-#}
{% macro with_replaced(rows, columns, without) -%}
    {{ return(adapter.dispatch('with_replaced')(rows, columns, without)) }}
{%- endmacro %}

{% macro duckdb__with_replaced(rows, columns, without) -%}
    select * exclude ({{ without | join(', ') }}) replace (
        {%- for name, expression in columns.items() %}
        {{ expression }} as {{ name }}{{ ',' if not loop.last }}
        {%- endfor %}
    )
    from {{ rows }}
{%- endmacro %}

{% macro default__with_replaced(rows, columns, without) -%}
    select
        * except ({{ (without + columns.keys() | list) | join(', ') }}),
        {%- for name, expression in columns.items() %}
        {{ expression }} as {{ name }}{{ ',' if not loop.last }}
        {%- endfor %}
    from {{ rows }}
{%- endmacro %}
