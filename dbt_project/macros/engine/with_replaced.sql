{#- `select` all columns of `rows`, some of them replaced: `columns` maps a name to its expression over the old ones. -#}
{% macro with_replaced(rows, columns) -%}
    {{ return(adapter.dispatch('with_replaced')(rows, columns)) }}
{%- endmacro %}

{% macro duckdb__with_replaced(rows, columns) -%}
    select * replace (
        {%- for name, expression in columns.items() %}
        {{ expression }} as {{ name }}{{ ',' if not loop.last }}
        {%- endfor %}
    )
    from {{ rows }}
{%- endmacro %}

{% macro default__with_replaced(rows, columns) -%}
    select
        * except ({{ columns | join(', ') }}),
        {%- for name, expression in columns.items() %}
        {{ expression }} as {{ name }}{{ ',' if not loop.last }}
        {%- endfor %}
    from {{ rows }}
{%- endmacro %}
