{{ config(enabled=source_is_enabled('salesforce')) }}

-- The name of a person account is the name of a person: it stays in raw.
with accounts as (
    select * from {{ source('salesforce', 'account') }}
    where not coalesce(try_cast(is_deleted as boolean), false)
),

renamed as (
    select
        'salesforce' as source,
        id as customer_id,
        case when not coalesce(try_cast(is_person_account as boolean), false) then name end as name,
        industry as segment,
        billing_country as country,
        _file,
        _row,
        _load_id,
        _loaded_at,
        _unreadable
    from accounts
)

select * from renamed
