{{ config(enabled=source_is_enabled('amocrm')) }}

-- Every record with what names it: a record is a lead and a deal at once.
with records as (
    select * from {{ source('amocrm', 'lead') }}
),

statuses as (
    select * from {{ ref('stg_amocrm__statuses') }}
),

contacts as (
    select * from {{ source('amocrm', 'contact') }}
),

users as (
    select * from {{ source('amocrm', 'user') }}
),

named as (
    select
        records.id,
        records.created_at,
        records.closed_at,
        records.updated_at,
        records.price,
        records.currency,
        records.units,
        records.product,
        records.cost_of_goods,
        records.loss_reason,
        records.company_id,
        records.is_deleted,
        records.utm_source,
        records.utm_medium,
        records.utm_campaign,
        records.utm_content,
        records.utm_term,
        records.utm_id,
        records.utm_referrer,
        records.lead_quality,
        records.qualified_at,
        records.first_response_at,
        records.response_seconds,
        records.country,
        records._file,
        records._row,
        records._load_id,
        records._loaded_at,
        records._unreadable,
        coalesce(statuses.stage, records.status_id) as stage,
        case records.status_id when '142' then 'won' when '143' then 'lost' end as status,
        coalesce(users.name, records.responsible_user_id) as owner,
        coalesce(records.person_id, 'amocrm-contact-' || records.contact_id) as known_person_id,
        coalesce(records.campaign_name, records.utm_campaign) as campaign,
        coalesce(
            records.channel,
            case when records.utm_source is null and records.utm_medium is null then records.source_name end
        ) as own_channel,
        contacts.email_hash,
        contacts.phone_hash,
        contacts.name_hash,
        contacts.company
    from records
    left join statuses on records.status_id = statuses.status_id and records.pipeline_id = statuses.pipeline_id
    left join contacts on records.contact_id = contacts.id
    left join users on records.responsible_user_id = users.id
)

select * from named
