{#- One key of several columns; what is absent counts as ''. -#}
{% macro text_key(columns) -%}
    md5(concat(
    {%- for column in columns -%}
        {{ ", '|', " if not loop.first }}coalesce(cast({{ column }} as varchar), '')
    {%- endfor -%}
    ))
{%- endmacro %}
