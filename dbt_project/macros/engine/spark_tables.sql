{#- How Spark makes a table or view: columns of a contract in its order and types, which dbt-spark would only compare. -#}
{% macro spark__create_table_as(temporary, relation, compiled_code, language='sql') -%}
    create table {{ relation }} using parquet as
    {{ as_contracted(compiled_code) }}
{%- endmacro %}

{% macro spark__create_view_as(relation, sql) -%}
    create or replace view {{ relation }} as
    {{ as_contracted(sql) }}
{%- endmacro %}

{#- The query with the columns that the model's contract names. -#}
{% macro as_contracted(query) -%}
    {%- if config.get('contract').enforced -%}
    select
        {%- for column in model.columns.values() %}
        cast({{ column.name }} as {{ column.data_type }}) as {{ column.name }}{{ ',' if not loop.last }}
        {%- endfor %}
    from ({{ query }}) as contracted
    {%- else -%}
    {{ query }}
    {%- endif -%}
{%- endmacro %}
