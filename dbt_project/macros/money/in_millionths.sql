{#-
    A float as a decimal of six digits. Half a millionth is rarely half as a float: one engine multiplies before it rounds,
    another rounds the digits that it would print, and then 74147.9433945 is one up here and one down there. So the
    product and its rounding are said, which every engine does alike, and what becomes a decimal is whole.
-#}
{% macro in_millionths(x) -%}
    cast(cast(round(({{ x }}) * 1000000) as decimal(28, 0)) * 0.000001 as decimal(28, 6))
{%- endmacro %}
