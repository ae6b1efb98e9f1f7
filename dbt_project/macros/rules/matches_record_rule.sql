{#-
    Condition for a WHERE clause: the row meets qualified_when, duplicate_when or test_when (`rule`).
    One field that has one of its values is enough; fields that the entity lacks say nothing.
    `fields`: the columns of the entity, or {field of the settings: column or list of columns}.
-#}
{% macro matches_record_rule(rule, fields) -%}
    {%- set pairs = [] -%}
    {%- for field in fields -%}
        {%- set columns = fields[field] if fields is mapping else field -%}
        {%- for column in ([columns] if columns is string else columns) -%}
            {%- do pairs.append([field, column]) -%}
        {%- endfor -%}
    {%- endfor -%}
    (
    {%- for field, column in pairs %}
        {{ 'or ' if not loop.first }}lower({{ column }}) in (
            select rules.value_lower
            from {{ source('settings', 'record_rules') }} as rules
            where rules.rule = '{{ rule }}' and rules.field = '{{ field }}'
        )
    {%- endfor %}
    )
{%- endmacro %}
