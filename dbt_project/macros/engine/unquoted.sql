{#- Text out of a URL: `%20` and the like decoded (what is no URL encoding stays), accents composed. -#}
{% macro unquoted(column) -%}
    {{ return(adapter.dispatch('unquoted')(column)) }}
{%- endmacro %}

{% macro duckdb__unquoted(column) -%}
    nfc_normalize(coalesce(try(url_decode({{ column }})), {{ column }}))
{%- endmacro %}

{% macro default__unquoted(column) -%}
    coalesce(try_url_decode({{ column }}), {{ column }})
{%- endmacro %}
