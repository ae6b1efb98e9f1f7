{{ config(enabled=source_is_enabled('zoho_crm')) }}

with timeline as (
    select
        *,
        case when stage is not null then 'deals' else 'leads' end as entity,
        coalesce(stage, lead_status) as name
    from {{ source('zoho_crm', 'timeline') }}
    where stage is not null or lead_status is not null
),

closing_stages as (
    select * from {{ ref('stg_zoho_crm__stages') }}
),

renamed as (
    select
        'zoho_crm' as source,
        timeline.entity,
        timeline.record_id as entity_id,
        {{ read_timestamp('timeline.audited_time') }} as entered_at,
        {{ is_date_only('timeline.audited_time') }} as entered_at_is_date,
        {{ stage_as_meant('timeline.name', 'closing_stages.meaning') }} as stage,
        timeline._file,
        timeline._row,
        timeline._load_id,
        timeline._loaded_at,
        timeline._unreadable
    from timeline
    left join closing_stages on case when timeline.entity = 'deals' then timeline.name end = closing_stages.stage
)

select * from renamed
