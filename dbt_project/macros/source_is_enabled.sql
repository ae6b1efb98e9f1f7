{#- Models of a source that the workspace doesn't name are no part of its project: their raw tables don't exist. -#}
{% macro source_is_enabled(source_name) -%}
    {{ return(var('enabled_sources') == 'all' or source_name in var('enabled_sources')) }}
{%- endmacro %}
