{#-
    A float of so many decimals. A half is rarely a half as a float: one engine multiplies before it rounds, another rounds
    the digits that it would print, and then 2329.575 is a cent more here and a cent less there. So the product is said.
-#}
{% macro rounded(x, digits) -%}
    {%- set per_one = '1' ~ '0' * digits -%}
    round(({{ x }}) * {{ per_one }}) / {{ per_one }}
{%- endmacro %}
