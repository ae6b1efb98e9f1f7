{%- set keys = {'products': 'product', 'sales_reps': 'owner', 'customers': 'customer_id'} -%}
-- Every staged row of the attribute lists with its fate; of several rows of one key the newest extract counts.
with staged as (
    {%- for entity, key in keys.items() %}
    select
        '{{ entity }}' as entity,
        '{{ key }}' as key_column,
        source,
        {{ key }} as key,
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

versioned as (
    select
        *,
        row_number() over (partition by entity, source, key order by _load_id desc, _row desc) as version_no
    from staged
),

judged as (
    select
        *,
        case
            when key is not null and version_no > 1 then 'superseded'
            when key is null or _unreadable is not null then 'refused'
            else 'kept'
        end as fate
    from versioned
)

select * from judged
