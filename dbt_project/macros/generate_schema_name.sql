{#- Schemas are named by the step alone (staging, intermediate, mart), without dbt's default prefix. -#}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ custom_schema_name or target.schema }}
{%- endmacro %}
