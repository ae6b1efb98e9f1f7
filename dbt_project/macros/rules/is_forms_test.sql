{#-
    Condition for a WHERE clause: a record that a form made to try itself out. One of the `people` (columns with keyed hashes) is known as
    such from landing, or a text begins as Meta fills in its test leads.
-#}
{% macro is_forms_test(people, texts) -%}
    (
    {%- for column in people %}
        {{ 'or ' if not loop.first }}{{ column }} in (select person_hash from {{ source('landing', 'test_people') }})
    {%- endfor %}
    {%- for column in texts %}
        or {{ column }} like '<test lead%'
    {%- endfor %}
    )
{%- endmacro %}
