{#- A number from 0 to below 1 that a text always gives, the same on every engine: the first 32 bits of its MD5. -#}
{% macro hash_share(text) -%}
    {{ return(adapter.dispatch('hash_share')(text)) }}
{%- endmacro %}

{% macro duckdb__hash_share(text) -%}
    (cast('0x' || substr(md5({{ text }}), 1, 8) as bigint) / cast(4294967296 as double))
{%- endmacro %}

{% macro default__hash_share(text) -%}
    (cast(conv(substr(md5({{ text }}), 1, 8), 16, 10) as bigint) / cast(4294967296 as double))
{%- endmacro %}
