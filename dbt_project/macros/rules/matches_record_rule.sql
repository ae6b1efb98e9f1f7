{#-
    Condition for a WHERE clause: the row meets qualified_when, duplicate_when or test_when (`rule`).
    One field that has one of its values is enough; fields that the entity lacks say nothing.
    `fields`: the columns of the entity, or {field of the settings: column}.
-#}
{% macro matches_record_rule(rule, fields) %}
    (
    {%- for field in fields %}
        {{ 'or ' if not loop.first }}lower({{ fields[field] if fields is mapping else field }}) in (
            select rules.value_lower from {{ source('settings', 'record_rules') }} as rules
            where rules.rule = '{{ rule }}' and rules.field = '{{ field }}'
        )
    {%- endfor %}
    )
{%- endmacro %}
