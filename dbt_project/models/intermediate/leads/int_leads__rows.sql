{{ config(meta={'parts': parts_of_rows('leads', ['source', 'lead_id'], at='created_at')}) }}
-- Every staged lead with its fate; of several versions of one key the newest that could be read counts.
with staged as (
    {{ tagged_sources('leads') }}
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

judged as (
    select
        keyed.*,
        {{ is_refused(refusal_rules('leads')) }} as is_refused
    from keyed
    cross join workspace
),

-- few leads come twice: only those are ranked, on few columns, since sorting whole rows is dear
repeated as (
    select
        source,
        lead_id
    from judged
    where lead_id is not null
    group by source, lead_id
    having count(*) > 1
),

versions as (
    select
        judged.source,
        judged.lead_id,
        judged._load_id,
        judged._row,
        {{ newer_versions(
            ['judged.source', 'judged.lead_id'],
            newest_first('judged', ['created_at', 'qualified_at', 'first_response_at'], 'updated_at')
        ) }} as newer_versions
    from judged
    inner join repeated on judged.source = repeated.source and judged.lead_id = repeated.lead_id
),

older as (
    select
        source as older_source,
        lead_id as older_id,
        _load_id as older_load_id,
        _row as older_row
    from versions
    where newer_versions > 0
),

fated as (
    select
        judged.*,
        {{ version_fate('older.older_id is not null') }} as fate
    from judged
    left join older
        on
            judged.source = older.older_source and judged.lead_id = older.older_id
            and judged._load_id = older.older_load_id and judged._row = older.older_row
)

select * from fated
