{#-
    What a week's spend, in mean weeks of spend, adds to its outcome: effect * g(u), where g(0) = 0 and g(1) = 1. `fit` is the
    relation that has effect and shape.
-#}
{% macro saturated(u, fit=none) -%}
    {%- set of = fit ~ '.' if fit else '' -%}
    {{ of }}effect * {{ u }} * (1 + {{ of }}shape) / ({{ u }} + {{ of }}shape)
{%- endmacro %}
