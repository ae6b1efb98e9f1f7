{{ config(enabled=source_is_enabled('bitrix24')) }}

-- Staff are shown by name; two of the same name are told apart by their id.
with users as (
    select
        id as owner_id,
        coalesce(nullif(trim(coalesce(name, '') || ' ' || coalesce(last_name, '')), ''), email, id) as name
    from {{ source('bitrix24', 'user') }}
),

told_apart as (
    select
        owner_id,
        case when count(*) over (partition by name) > 1 then name || ' (' || owner_id || ')' else name end as owner
    from users
)

select * from told_apart
