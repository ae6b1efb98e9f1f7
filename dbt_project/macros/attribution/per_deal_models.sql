{#- The attribution models that credit each deal by itself; any of them may be the workspace's default model. -#}
{% macro per_deal_models() -%}
    {{- return([
        'first_touch', 'last_touch', 'last_non_direct', 'last_paid_touch', 'linear', 'position_based', 'w_shaped',
        'time_decay'
    ]) -}}
{%- endmacro %}
