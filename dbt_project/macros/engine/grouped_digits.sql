{#- A number without decimals, thousands marked by a comma, in Russian by a no-break space. -#}
{% macro grouped_digits(figure, language) -%}
    {{ return(adapter.dispatch('grouped_digits')(figure, language)) }}
{%- endmacro %}

{% macro duckdb__grouped_digits(figure, language) -%}
    replace(format('{:,}', cast(round({{ figure }}) as bigint)), ',', '{{ '\u00a0' if language == 'ru' else ',' }}')
{%- endmacro %}

{% macro default__grouped_digits(figure, language) -%}
    replace(format_number(round({{ figure }}), 0), ',', '{{ '\u00a0' if language == 'ru' else ',' }}')
{%- endmacro %}
