{#- A UTC time from microseconds since 1970. -#}
{% macro timestamp_from_micros(micros) -%}
    {{ return(adapter.dispatch('timestamp_from_micros')(micros)) }}
{%- endmacro %}

{% macro duckdb__timestamp_from_micros(micros) -%}
    make_timestamp({{ micros }})
{%- endmacro %}

{% macro default__timestamp_from_micros(micros) -%}
    timestamp_micros({{ micros }})
{%- endmacro %}
