{{ config(enabled=source_is_enabled('salesforce')) }}

-- Entries into a stage. Rows that say the same stage again (another field changed) are no entry. Where rows are
-- versions of the record, a stage was entered when the connector first saw it.
with said as (
    select
        'deals' as entity,
        coalesce(opportunity_id, id) as entity_id,
        case when opportunity_id is null then _fivetran_start else created_date end as entered_at,
        stage_name as stage,
        _file,
        _row,
        _load_id,
        _loaded_at,
        _unreadable
    from {{ source('salesforce', 'opportunity_history') }}
    union all
    select
        'leads' as entity,
        coalesce(lead_id, id) as entity_id,
        case when lead_id is null then _fivetran_start else created_date end as entered_at,
        case when lead_id is null then status else new_value end as stage,
        _file,
        _row,
        _load_id,
        _loaded_at,
        _unreadable
    from {{ source('salesforce', 'lead_history') }}
    where lead_id is null or field = 'Status'
),

following as (
    select
        *,
        lag(stage) over (partition by entity, entity_id order by entered_at, _row) as stage_before
    from said
    where stage is not null
),

closing_stages as (
    select
        api_name,
        max(
            case when try_cast(is_won as boolean) then 'won' when try_cast(is_closed as boolean) then 'lost' end
        ) as meaning
    from {{ source('salesforce', 'opportunity_stage') }}
    group by api_name
),

renamed as (
    select
        'salesforce' as source,
        following.entity,
        following.entity_id,
        {{ read_timestamp('following.entered_at') }} as entered_at,
        {{ is_date_only('following.entered_at') }} as entered_at_is_date,
        {{ stage_as_meant('following.stage', 'closing_stages.meaning') }} as stage,
        following._file,
        following._row,
        following._load_id,
        following._loaded_at,
        following._unreadable
    from following
    left join closing_stages on case when following.entity = 'deals' then following.stage end = closing_stages.api_name
    where following.stage_before is null or following.stage_before <> following.stage
)

select * from renamed
