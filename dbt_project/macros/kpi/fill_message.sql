{#- A finding's message with its member and its four figures in place of the braces. -#}
{% macro fill_message(template) -%}
    replace(replace(replace(replace(replace(
        {{ template }}, '{member}', member), '{a}', text_a), '{b}', text_b), '{c}', text_c), '{d}', text_d
    )
{%- endmacro %}
