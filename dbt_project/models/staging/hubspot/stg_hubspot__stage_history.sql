{{ config(enabled=source_is_enabled('hubspot')) }}

with stages as (
    select * from {{ ref('stg_hubspot__deal_stages') }}
),

entered as (
    select
        deal_id,
        value,
        coalesce(date_entered, _fivetran_start) as entered_at,
        _file,
        _row,
        _load_id,
        _loaded_at,
        _unreadable
    from {{ source('hubspot', 'deal_stage') }}
    union all
    select
        deal_id,
        value,
        timestamp as entered_at,
        _file,
        _row,
        _load_id,
        _loaded_at,
        _unreadable
    from {{ source('hubspot', 'deal_property_history') }}
    where
        name = 'dealstage' and value is not null
        and deal_id not in (
            select known.deal_id from {{ source('hubspot', 'deal_stage') }} as known where known.deal_id is not null
        )
),

-- a stage that ends a deal means what its pipeline says, unless the workspace names it
deal_stages as (
    select
        'deals' as entity,
        entered.deal_id as entity_id,
        entered.entered_at,
        {{ stage_as_meant('coalesce(stages.stage, entered.value)', 'stages.status') }} as stage,
        entered._file,
        entered._row,
        entered._load_id,
        entered._loaded_at,
        entered._unreadable
    from entered
    left join stages on entered.value = stages.stage_id
),

-- a lifecycle stage that was cleared is no stage
lead_stages as (
    select
        'leads' as entity,
        coalesce(merged.survivor_id, changes.contact_id) as entity_id,
        changes.timestamp as entered_at,
        changes.value as stage,
        changes._file,
        changes._row,
        changes._load_id,
        changes._loaded_at,
        changes._unreadable
    from {{ source('hubspot', 'contact_property_history') }} as changes
    left join {{ ref('stg_hubspot__merged_contacts') }} as merged on changes.contact_id = merged.contact_id
    where changes.name = 'lifecyclestage' and changes.value is not null
),

all_stages as (
    select * from deal_stages
    union all
    select * from lead_stages
),

renamed as (
    select
        'hubspot' as source,
        entity,
        entity_id,
        {{ read_timestamp('entered_at') }} as entered_at,
        {{ is_date_only('entered_at') }} as entered_at_is_date,
        stage,
        _file,
        _row,
        _load_id,
        _loaded_at,
        _unreadable
    from all_stages
)

select * from renamed
