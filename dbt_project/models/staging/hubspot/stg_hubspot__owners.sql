{{ config(enabled=source_is_enabled('hubspot')) }}

-- Staff are shown by name; two of the same name are told apart by their e-mail address.
with owners as (
    select * from {{ source('hubspot', 'owner') }}
),

named as (
    select
        owner_id,
        coalesce(
            nullif(trim(coalesce(first_name, '') || ' ' || coalesce(last_name, '')), ''), email, owner_id
        ) as name,
        coalesce(email, owner_id) as address
    from owners
),

counted as (
    select
        *,
        count(*) over (partition by name) as of_that_name
    from named
),

told_apart as (
    select
        owner_id,
        case when of_that_name > 1 and name <> address then name || ' (' || address || ')' else name end as owner
    from counted
)

select * from told_apart
