-- Every staged lead with its fate; of several versions of one key the newest counts, the others are superseded.
with staged as (
    {{ union_sources('leads') }}
),

workspace as (
    select today from {{ source('settings', 'workspace') }}
),

keyed as (
    select
        *,
        source || ':' || lead_id as lead_key,
        {{ channel_key('leads') }} as channel_key,
        {{ reporting_date('created_at') }} as created_date
    from staged
),

-- ranked on few columns: sorting whole rows would be the dearest step of a run with many leads
versions as (
    select
        source,
        lead_id,
        _load_id,
        _row,
        row_number() over (
            partition by source, lead_id order by updated_at desc nulls last, _load_id desc, _row desc
        ) as version_no
    from staged
    where lead_id is not null
),

older as (
    select
        source as older_source,
        lead_id as older_id,
        _load_id as older_load_id,
        _row as older_row
    from versions
    where version_no > 1
),

judged as (
    select
        keyed.*,
        case
            when older.older_id is not null then 'superseded'
            when {{ is_refused(refusal_rules('leads')) }} then 'refused'
            else 'kept'
        end as fate
    from keyed
    cross join workspace
    left join older
        on
            keyed.source = older.older_source and keyed.lead_id = older.older_id
            and keyed._load_id = older.older_load_id and keyed._row = older.older_row
)

select * from judged
