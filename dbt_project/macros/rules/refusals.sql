{#-
    Why rows of an entity are refused, once for the fate of a row and for the quarantine's text.
    A rule: column at fault, value shown, reason (and a column whose value ends it), condition. A condition may use the row's columns and `today`.
    `_unreadable` needs no rule: what landing could not read is always refused, with landing's own reason.
-#}
{% macro is_refused(rules) -%}
    (
        _unreadable is not null
    {%- for rule in rules %}
        or coalesce({{ rule.condition }}, false)
    {%- endfor %}
    )
{%- endmacro %}

{#- The rows refused by the rules, one for each rule that a row breaks, as the quarantine tells them. -#}
{% macro refusals(entity, rows, rules) -%}
    select
        '{{ entity }}' as entity,
        source,
        cast(null as varchar) as table_name,
        _file as file,
        cast(_load_id as bigint) as load_id,
        cast(_row as bigint) as line,
        column_name,
        value,
        reason
    from ({{ explode_unreadable(rows) }}) as unreadable
    {%- for rule in rules %}
    union all
    select
        '{{ entity }}' as entity,
        source,
        cast(null as varchar) as table_name,
        _file as file,
        cast(_load_id as bigint) as load_id,
        cast(_row as bigint) as line,
        '{{ rule.column }}' as column_name,
        {{ 'cast(' ~ rule.value ~ ' as varchar)' if rule.value else 'cast(null as varchar)' }} as value,
        '{{ rule.reason }}'{% if rule.detail %} || cast({{ rule.detail }} as varchar){% endif %} as reason
    from {{ rows }}
    where {{ rule.condition }}
    {%- endfor %}
{%- endmacro %}

{#- A required column is empty; where landing could not read it, that is the reason already. -#}
{% macro missing(column) -%}
    {{ column }} is null and coalesce(_unreadable, '') not like '%"{{ column }}"%'
{%- endmacro %}
