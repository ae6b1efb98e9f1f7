{{ config(alias='quarantine') }}

-- What was refused and why; values only by their shape, since they may be personal.
with quarantine as (
    select * from {{ ref('int_quarantine') }}
),

masked as (
    select
        entity,
        source,
        table_name as "table", -- noqa: RF06
        file,
        line,
        column_name,
        {{ masked('value') }} as masked_value,
        reason
    from quarantine
)

select * from masked
