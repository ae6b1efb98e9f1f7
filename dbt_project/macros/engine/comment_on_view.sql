{#- The statement that says what a view is. -#}
{% macro comment_on_view(view, text) -%}
    {{ return(adapter.dispatch('comment_on_view')(view, text)) }}
{%- endmacro %}

{% macro duckdb__comment_on_view(view, text) -%}
    comment on view {{ view }} is '{{ text | replace("'", "''") }}'
{%- endmacro %}

{% macro default__comment_on_view(view, text) -%}
    alter view {{ view }} set tblproperties ('comment' = '{{ text | replace("'", "''") }}')
{%- endmacro %}
