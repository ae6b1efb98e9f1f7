{#- One row for each value of `rows` that landing could not read: _unreadable is a JSON list of column, value, reason. -#}
{% macro explode_unreadable(rows) -%}
    {{ return(adapter.dispatch('explode_unreadable')(rows)) }}
{%- endmacro %}

{% macro duckdb__explode_unreadable(rows) -%}
    select
        unreadable_rows.source,
        unreadable_rows._file,
        unreadable_rows._load_id,
        unreadable_rows._row,
        exploded.problem['column'] as column_name,
        exploded.problem['value'] as value,
        exploded.problem['reason'] as reason
    from {{ rows }} as unreadable_rows
    cross join
        lateral (
            select unnest(from_json(
                unreadable_rows._unreadable, '[{"column":"VARCHAR","value":"VARCHAR","reason":"VARCHAR"}]'
            )) as problem
        ) as exploded
    where unreadable_rows._unreadable is not null
{%- endmacro %}

{% macro default__explode_unreadable(rows) -%}
    select
        unreadable_rows.source,
        unreadable_rows._file,
        unreadable_rows._load_id,
        unreadable_rows._row,
        exploded.problem.column as column_name,
        exploded.problem.value as value,
        exploded.problem.reason as reason
    from {{ rows }} as unreadable_rows
    lateral view explode(from_json(
        unreadable_rows._unreadable, 'array<struct<column: string, value: string, reason: string>>'
    )) exploded as problem
    where unreadable_rows._unreadable is not null
{%- endmacro %}
