-- Keys that come from several blocks of sheets under one source: one record in two systems' exports, or two records.
with records as (
    select
        'leads' as entity,
        source,
        lead_id as id,
        created_at,
        created_at_is_date,
        email_hash,
        phone_hash,
        _load_id,
        _file
    from {{ ref('stg_sheets__leads') }}
    union all
    select
        'deals' as entity,
        source,
        deal_id as id,
        created_at,
        created_at_is_date,
        email_hash,
        cast(null as varchar) as phone_hash,
        _load_id,
        _file
    from {{ ref('stg_sheets__deals') }}
),

loads as (
    select
        load_id,
        feed
    from {{ source('landing', 'files') }}
),

-- few sources are named by several blocks: only their rows are looked at
shared_sources as (
    select
        records.entity,
        records.source
    from records
    inner join loads on records._load_id = loads.load_id
    group by records.entity, records.source
    having count(distinct loads.feed) > 1
),

placed as (
    select
        records.*,
        loads.feed
    from records
    inner join shared_sources on records.entity = shared_sources.entity and records.source = shared_sources.source
    inner join loads on records._load_id = loads.load_id
    where records.id is not null
),

-- dates may be off by one where one side knows the time and the other only the day
pairs as (
    select
        one.entity,
        one.source,
        one.id,
        one._file as file,
        other._file as other_file,
        coalesce(case
            when one.created_at_is_date = other.created_at_is_date then one.created_at <> other.created_at
            else abs({{ days_between('cast(one.created_at as date)', 'cast(other.created_at as date)') }}) > 1
        end, false) as differs_in_time,
        coalesce(one.email_hash, one.phone_hash) is not null
        and coalesce(other.email_hash, other.phone_hash) is not null
        and not coalesce(one.email_hash = other.email_hash, false)
        and not coalesce(one.phone_hash = other.phone_hash, false) as differs_in_contact
    from placed as one
    inner join placed as other
        on one.entity = other.entity and one.source = other.source and one.id = other.id and one.feed < other.feed
),

shared as (
    select
        entity,
        source,
        id,
        min(file) as file,
        min(other_file) as other_file,
        max(case when differs_in_time or differs_in_contact then 0 else 1 end) = 1 as may_be_one
    from pairs
    group by entity, source, id
)

select * from shared
