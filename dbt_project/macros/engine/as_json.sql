{#- Text that is a JSON document as the type that tools look into; where the engine has none, the text. -#}
{% macro as_json(text) -%}
    {{ return(adapter.dispatch('as_json')(text)) }}
{%- endmacro %}

{% macro duckdb__as_json(text) -%}
    cast({{ text }} as json)
{%- endmacro %}

{% macro default__as_json(text) -%}
    {{ text }}
{%- endmacro %}
