{{ config(enabled=source_is_enabled('pipedrive')) }}

-- Persons by what may leave raw.
with persons as (
    select * from {{ source('pipedrive', 'person') }}
),

named as (
    select
        id as person,
        email_hash,
        phone_hash,
        name_hash,
        org_name as company
    from persons
)

select * from named
