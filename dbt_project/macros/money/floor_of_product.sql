{#-
    The greatest whole number up to a product of two whole numbers over a third, whatever their signs. Exact: cents of
    large costs are beyond what a float counts, and one cent too many would leave the days or the members short of it.
-#}
{% macro floor_of_product(one, other, divisor) -%}
    {%- set product = '(cast(' ~ one ~ ' as decimal(38, 0)) * ' ~ other ~ ' * cast(sign(' ~ divisor ~ ') as bigint))' -%}
    {%- set size = 'abs(' ~ divisor ~ ')' -%}
    cast(
        case when {{ product }} < 0 then -1 else 1 end
        * {{ whole_quotient(
            'abs(' ~ product ~ ') + case when ' ~ product ~ ' < 0 then ' ~ size ~ ' - 1 else 0 end', size
        ) }} as bigint
    )
{%- endmacro %}
