{#- Condition: the rows of two relations belong to the same forecast: its day and how far it looks ahead. -#}
{% macro same_forecast(one, other, columns=['kind', 'day', 'months_ahead']) -%}
    {%- for column in columns %}
    {{- ' and ' if not loop.first }}{{ one }}.{{ column }} = {{ other }}.{{ column }}
    {%- endfor %}
{%- endmacro %}
