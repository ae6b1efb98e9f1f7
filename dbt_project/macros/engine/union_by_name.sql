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

{#- By the columns that the models' descriptions name, so that no question to the engine is needed. -#}
{% macro default__union_by_name(relations) -%}
    {%- set columns = described_columns(relations[0]) -%}
    {%- for relation in relations %}
    {%- set known = described_columns(relation) %}
    select
        {%- for name in columns %}
        {{ name if name in known else 'null as ' ~ name }}
        {%- if not loop.last %},{% endif %}
        {%- endfor %}
    from {{ relation }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
{%- endmacro %}

{#- Columns of a model by name, as its .yml describes them; before the project is parsed as a whole, none. -#}
{% macro described_columns(relation) -%}
    {{ return(graph.nodes['model.funnelmart.' ~ relation.identifier].columns if execute else {}) }}
{%- endmacro %}
