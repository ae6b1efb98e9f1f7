{#- Months counted through the years, so that a difference of two is a number of months. -#}
{% macro month_number(day) -%}
    cast(extract(year from {{ day }}) * 12 + extract(month from {{ day }}) as integer)
{%- endmacro %}
