{{ config(meta={'parts': parts_of_rows('touches', ['source', 'touch_id'], at='touched_at')}) }}
-- Every staged touch with its fate; of several rows with one key the newest that could be read counts.
with staged as (
    {{ tagged_sources('touches') }}
),

workspace as (
    select today from {{ source('settings', 'workspace') }}
),

keyed as (
    select
        *,
        source || ':' || touch_id as touch_key,
        {{ channel_key('touches') }} as channel_key,
        {{ reporting_date('touched_at') }} as touched_date
    from staged
),

judged as (
    select
        keyed.source,
        keyed.touch_id,
        keyed.touched_at,
        keyed.touched_at_is_date,
        keyed.person_id,
        keyed.email_hash,
        keyed.utm_source,
        keyed.utm_medium,
        keyed.utm_campaign,
        keyed.utm_content,
        keyed.utm_term,
        keyed.channel,
        keyed.campaign_id,
        keyed.landing_page,
        keyed.click_id,
        keyed.click_id_type,
        keyed._file,
        keyed._row,
        keyed._load_id,
        keyed._loaded_at,
        keyed._unreadable,
        keyed.touch_key,
        keyed.channel_key,
        keyed.touched_date,
        {{ is_refused(touch_refusal_rules()) }} as is_refused
    from keyed
    cross join workspace
),

-- few touches come twice: only those are ranked
repeated as (
    select
        source,
        touch_id
    from judged
    where touch_id is not null
    group by source, touch_id
    having count(*) > 1
),

versions as (
    select
        judged.source,
        judged.touch_id,
        judged._load_id,
        judged._row,
        {{ newer_versions(['judged.source', 'judged.touch_id'], newest_first('judged', ['touched_at'])) }}
            as newer_versions
    from judged
    inner join repeated on judged.source = repeated.source and judged.touch_id = repeated.touch_id
),

older as (
    select
        source as older_source,
        touch_id as older_id,
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
            judged.source = older.older_source and judged.touch_id = older.older_id
            and judged._load_id = older.older_load_id and judged._row = older.older_row
)

select * from fated
