{{ config(enabled=source_is_enabled('bitrix24')) }}

with said as (
    select
        'leads' as entity,
        owner_id as entity_id,
        created_time as entered_at,
        status_id,
        status_semantic_id as semantics,
        _file,
        _row,
        _load_id,
        _loaded_at,
        _unreadable
    from {{ source('bitrix24', 'lead_stage_history') }}
    union all
    select
        'deals' as entity,
        owner_id as entity_id,
        created_time as entered_at,
        stage_id as status_id,
        stage_semantic_id as semantics,
        _file,
        _row,
        _load_id,
        _loaded_at,
        _unreadable
    from {{ source('bitrix24', 'deal_stage_history') }}
),

statuses as (
    select * from {{ ref('stg_bitrix24__statuses') }}
),

-- success is a qualified lead or a won deal
meant as (
    select
        said.*,
        coalesce(statuses.name, said.status_id) as name,
        case coalesce(said.semantics, statuses.semantics)
            when 'S' then case said.entity when 'leads' then 'qualified' else 'won' end
            when 'F' then 'lost'
        end as meaning
    from said
    left join statuses on said.entity = statuses.entity and said.status_id = statuses.status_id
),

renamed as (
    select
        'bitrix24' as source,
        entity,
        entity_id,
        {{ read_timestamp('entered_at') }} as entered_at,
        {{ is_date_only('entered_at') }} as entered_at_is_date,
        {{ stage_as_meant('name', 'meaning') }} as stage,
        _file,
        _row,
        _load_id,
        _loaded_at,
        _unreadable
    from meant
)

select * from renamed
