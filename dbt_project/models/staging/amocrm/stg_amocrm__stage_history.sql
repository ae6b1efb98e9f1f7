{{ config(enabled=source_is_enabled('amocrm')) }}

with events as (
    select * from {{ source('amocrm', 'event') }} where type = 'lead_status_changed' or type is null
),

statuses as (
    select * from {{ ref('stg_amocrm__statuses') }}
),

changes as (
    select
        events.*,
        coalesce(statuses.stage, events.status_id) as stage,
        case events.status_id when '142' then 'won' when '143' then 'lost' end as meaning
    from events
    left join statuses on events.status_id = statuses.status_id and events.pipeline_id = statuses.pipeline_id
),

-- a record is a lead and a deal, and so are its stages
entities as (
    select 'leads' as entity
    union all
    select 'deals' as entity
),

renamed as (
    select
        'amocrm' as source,
        entities.entity,
        changes.entity_id,
        {{ read_timestamp('changes.created_at') }} as entered_at,
        {{ is_date_only('changes.created_at') }} as entered_at_is_date,
        {{ stage_as_meant('changes.stage', 'changes.meaning') }} as stage,
        changes._file,
        changes._row,
        changes._load_id,
        changes._loaded_at,
        changes._unreadable
    from changes
    cross join entities
)

select * from renamed
