{#- Rows of several relations, columns matched by name; the first relation gives the order and must have every column. -#}
{% macro union_by_name(relations) -%}
    {{ return(adapter.dispatch('union_by_name')(relations)) }}
{%- endmacro %}

{% macro duckdb__union_by_name(relations) -%}
    {%- for relation in relations %}
    select * from {{ relation }}
    {%- if not loop.last %}
    union all by name
    {%- endif %}
    {%- endfor %}
{%- endmacro %}

{% macro default__union_by_name(relations) -%}
    {%- set columns = adapter.get_columns_in_relation(relations[0]) if execute else [] -%}
    {%- for relation in relations %}
    {%- set names = (adapter.get_columns_in_relation(relation) if execute else []) | map(attribute='name') | list %}
    select
        {%- for column in columns %}
        {% if column.name in names %}{{ column.name }}{% else %}cast(null as {{ column.data_type }}) as {{ column.name }}{% endif %}
        {%- if not loop.last %},{% endif %}
        {%- endfor %}
    from {{ relation }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
{%- endmacro %}
