{#- Blanks, no-break spaces, underscores, hyphens and pluses between words become one blank each; none at the ends. -#}
{% macro words_only(column) -%}
    {{ return(adapter.dispatch('words_only')(column)) }}
{%- endmacro %}

{% macro duckdb__words_only(column) -%}
    trim(regexp_replace({{ column }}, '[\s\x{00A0}_+-]+', ' ', 'g'))
{%- endmacro %}

{% macro default__words_only(column) -%}
    trim(regexp_replace({{ column }}, '[\s\u00A0_+-]+', ' '))
{%- endmacro %}
