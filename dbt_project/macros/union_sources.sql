{#- One entity from all enabled sources: sheets has every canonical column, the others only those that they know. -#}
{% macro union_sources(entity) -%}
    {%- set relations = [] -%}
    {%- for name in staged_models(entity) -%}
        {%- do relations.append(ref(name)) -%}
    {%- endfor -%}
    {{ union_by_name(relations) }}
{%- endmacro %}

{#- The names of an entity's staging models, one for each enabled source. -#}
{% macro staged_models(entity) -%}
    {%- set names = ['stg_sheets__' ~ entity] -%}
    {%- for source_name in var('entity_sources').get(entity, []) if source_name != 'sheets' -%}
        {%- do names.append('stg_' ~ source_name ~ '__' ~ entity) -%}
    {%- endfor -%}
    {{ return(names) }}
{%- endmacro %}
