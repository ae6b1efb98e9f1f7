{%- set keys = {'products': 'product', 'sales_reps': 'owner', 'customers': 'customer_id'} -%}
{%- set attributes = {
    'products': ['name', 'category', 'gross_margin'],
    'sales_reps': ['name', 'team', 'manager'],
    'customers': ['name', 'segment', 'country'],
} -%}
{%- set types = {'gross_margin': 'decimal(21, 6)'} -%}
-- Every staged row of the attribute lists with its fate; of several rows of one key the newest that could be read
-- counts.
with staged as (
    {%- for entity, key in keys.items() %}
    select
        '{{ entity }}' as entity,
        '{{ key }}' as key_column,
        source,
        {{ key }} as key,
        {%- for column in ['name', 'category', 'gross_margin', 'team', 'manager', 'segment', 'country'] %}
        {%- set value = column if column in attributes[entity] else 'null' %}
        cast({{ value }} as {{ types.get(column, 'varchar') }}) as {{ column }},
        {%- endfor %}
        _file,
        _row,
        _load_id,
        _unreadable
    from ({{ union_sources(entity) }}) as {{ entity }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

judged as (
    select
        *,
        key is null or _unreadable is not null as is_refused
    from staged
),

versions as (
    select
        *,
        {{ newer_versions(['entity', 'source', 'key']) }} as newer_versions
    from judged
),

fated as (
    select
        *,
        {{ version_fate() }} as fate
    from versions
)

select * from fated
