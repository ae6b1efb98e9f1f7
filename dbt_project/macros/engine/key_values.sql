{#-
    Lists of typed key-value pairs as JSON text: [{"key": k, "value": {"string_value": s, "int_value": i, …}}, …].
    `key_values` parses the text once, `value_of` reads one key of the parsed list as text (null if it isn't there).
-#}
{% macro key_values(column) -%}
    {{ return(adapter.dispatch('key_values')(column)) }}
{%- endmacro %}

{% macro duckdb__key_values(column) -%}
    from_json(
        case when json_valid({{ column }}) then {{ column }} end,
        '[{"key": "VARCHAR", "value": {"string_value": "VARCHAR", "int_value": "VARCHAR"}}]'
    )
{%- endmacro %}

{% macro default__key_values(column) -%}
    from_json({{ column }}, 'array<struct<key: string, value: struct<string_value: string, int_value: string>>>')
{%- endmacro %}

{#- One key of the list that key_values parsed, as text; null if it is not there. -#}
{% macro value_of(pairs, key) -%}
    {{ return(adapter.dispatch('value_of')(pairs, key)) }}
{%- endmacro %}

{% macro duckdb__value_of(pairs, key) -%}
    {%- set found = "list_filter(" ~ pairs ~ ", lambda pair: pair['key'] = '" ~ key ~ "')[1]['value']" -%}
    coalesce({{ found }}['string_value'], {{ found }}['int_value'])
{%- endmacro %}

{% macro default__value_of(pairs, key) -%}
    {%- set found = "filter(" ~ pairs ~ ", pair -> pair.key = '" ~ key ~ "')" -%}
    {%- set found = "get(" ~ found ~ ", 0).value" -%}
    coalesce({{ found }}.string_value, {{ found }}.int_value)
{%- endmacro %}
