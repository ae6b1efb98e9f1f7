{#-
    The part number `place` (from 0) of a total spread evenly over `parts`, by largest remainder: parts are multiples of
    1 / `per_unit` (100: cents; 1: whole numbers), the first of them get what doesn't divide, and all of them sum to the
    total exactly; what is finer than the unit stays with the first part. Exact for whole units below 2^53.
-#}
{% macro even_part(total, parts, place, per_unit=100) -%}
    {%- set units = 'cast(floor(abs(' ~ total ~ ') * ' ~ per_unit ~ ') as bigint)' -%}
    sign({{ total }}) * (
        (
            cast(floor({{ units }} / {{ parts }}) as bigint)
            + case when {{ place }} < {{ units }} % {{ parts }} then 1 else 0 end
        ) * cast({{ 1 / per_unit }} as decimal(3, 2))
        + case when {{ place }} = 0 then abs({{ total }}) - {{ units }} * cast({{ 1 / per_unit }} as decimal(3, 2)) else 0 end
    )
{%- endmacro %}
