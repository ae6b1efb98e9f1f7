{{ config(enabled=source_is_enabled('pipedrive')) }}

-- Changes of the stage, and the end of a deal, which is a status and no stage.
with changes as (
    select
        flow.*,
        case flow.field_key
            when 'stage_id' then coalesce(stages.name, flow.new_value)
            else lower(flow.new_value)
        end as stage
    from {{ source('pipedrive', 'deal_flow') }} as flow
    left join {{ source('pipedrive', 'stage') }} as stages on flow.new_value = stages.id
    where
        coalesce(flow.object, 'dealChange') = 'dealChange'
        and (flow.field_key = 'stage_id' or (flow.field_key = 'status' and lower(flow.new_value) in ('won', 'lost')))
),

-- a deal is a lead too, and so are its stages
entities as (
    select
        'deals' as entity,
        '' as prefix
    union all
    select
        'leads' as entity,
        'deal-' as prefix
),

renamed as (
    select
        'pipedrive' as source,
        entities.entity,
        entities.prefix || changes.deal_id as entity_id,
        {{ read_timestamp('changes.log_time') }} as entered_at,
        {{ is_date_only('changes.log_time') }} as entered_at_is_date,
        changes.stage,
        changes._file,
        changes._row,
        changes._load_id,
        changes._loaded_at,
        changes._unreadable
    from changes
    cross join entities
)

select * from renamed
