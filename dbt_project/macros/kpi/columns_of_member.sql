{#- The columns of every dimension's members, '(none)' where the dimension has no such column: rows of one shape. -#}
{% macro columns_of_member(members) -%}
    {%- for column in ['channel', 'campaign', 'sales_rep', 'product'] %}
        {{ column if column in members else "'(none)'" }} as {{ column }}{{ ',' if not loop.last }}
    {%- endfor %}
{%- endmacro %}
