-- Every staged touch with its fate; of several rows with one key the newest that could be read counts.
with staged as (
    {{ union_sources('touches') }}
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

versions as (
    select
        *,
        {{ newer_versions(['source', 'touch_id']) }} as newer_versions
    from judged
),

fated as (
    select
        *,
        {{ version_fate() }} as fate
    from versions
)

select * from fated
