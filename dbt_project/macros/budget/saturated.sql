{#- What a week's spend, in mean weeks of spend, adds to its outcome: effect * g(u), where g(0) = 0 and g(1) = 1. -#}
{% macro saturated(u) -%}
    effect * {{ u }} * (1 + shape) / ({{ u }} + shape)
{%- endmacro %}
