{#- One entity from all enabled sources: sheets has every canonical column, the others only those that they know. -#}
{% macro union_sources(entity) -%}
    {%- set relations = [ref('stg_sheets__' ~ entity)] -%}
    {%- for source_name in var('entity_sources').get(entity, []) if source_name != 'sheets' -%}
        {%- do relations.append(ref('stg_' ~ source_name ~ '__' ~ entity)) -%}
    {%- endfor -%}
    {{ union_by_name(relations) }}
{%- endmacro %}
