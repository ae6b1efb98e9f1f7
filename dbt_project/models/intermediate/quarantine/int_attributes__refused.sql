-- Refused rows of the attribute lists (products, sales_reps, customers), with the reason.
with refused_rows as (
    select * from {{ ref('int_attributes__rows') }} where fate = 'refused'
),

no_key as (
    select
        entity,
        source,
        _file as file,
        cast(_load_id as bigint) as load_id,
        cast(_row as bigint) as line,
        key_column as column_name,
        cast(null as varchar) as value,
        'no key' as reason
    from refused_rows
    where key is null
),

unreadable as (
    select
        refused_rows.entity,
        problems.source,
        problems._file as file,
        cast(problems._load_id as bigint) as load_id,
        cast(problems._row as bigint) as line,
        problems.column_name,
        problems.value,
        problems.reason
    from ({{ explode_unreadable('refused_rows') }}) as problems
    inner join refused_rows
        on
            problems.source = refused_rows.source
            and problems._load_id = refused_rows._load_id and problems._row = refused_rows._row
),

reasons as (
    select * from no_key
    union
    select * from unreadable
),

named as (
    select
        entity,
        source,
        cast(null as varchar) as table_name,
        file,
        load_id,
        line,
        column_name,
        value,
        reason
    from reasons
)

select * from named
