{#-
    The part number `place` (from 0) of a total spread evenly over `parts`, by largest remainder: parts are multiples of
    1 / `per_unit` (100: cents; 1: whole numbers), the first of them get what doesn't divide, and all of them sum to the
    total exactly; what is finer than the unit stays with the first part. Exact for totals below 9 * 10^16.
-#}
{% macro even_part(total, parts, place, per_unit=100) -%}
    {%- set units = 'cast(floor(abs(cast(' ~ total ~ ' as decimal(28, 6))) * ' ~ per_unit ~ ') as bigint)' -%}
    sign({{ total }}) * (
        cast(
            {{ whole_quotient(units, parts) }}
            + case when {{ place }} < {{ units }} % {{ parts }} then 1 else 0 end as decimal(20, 0)
        ) * cast({{ 1 / per_unit }} as decimal(3, 2))
        + case
            when {{ place }} = 0
                then abs({{ total }}) - cast({{ units }} as decimal(20, 0)) * cast({{ 1 / per_unit }} as decimal(3, 2))
            else 0
        end
    )
{%- endmacro %}
