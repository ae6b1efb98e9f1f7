{#- Millionths of a currency unit as exact money; a division would make it a float. -#}
{% macro from_micros(column) -%}
    cast(try_cast({{ column }} as decimal(21, 0)) * cast(0.000001 as decimal(7, 6)) as decimal(28, 6))
{%- endmacro %}
