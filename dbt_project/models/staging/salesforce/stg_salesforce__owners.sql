{{ config(enabled=source_is_enabled('salesforce')) }}

-- Staff are shown by name; two of the same name are told apart by their e-mail address.
with users as (
    select * from {{ source('salesforce', 'user') }}
),

counted as (
    select
        id as owner_id,
        coalesce(name, email, id) as name,
        email,
        count(*) over (partition by coalesce(name, email, id)) as of_that_name
    from users
),

told_apart as (
    select
        owner_id,
        case when of_that_name > 1 then name || ' (' || coalesce(email, owner_id) || ')' else name end as owner
    from counted
)

select * from told_apart
