-- Every staged touch with its fate; of several rows with one key the newest counts, the others are superseded.
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
        {{ reporting_date('touched_at') }} as touched_date,
        row_number() over (partition by source, touch_id order by _load_id desc, _row desc) as version_no
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
        keyed.version_no,
        case
            when keyed.touch_key is not null and keyed.version_no > 1 then 'superseded'
            when {{ is_refused(touch_refusal_rules()) }} then 'refused'
            else 'kept'
        end as fate
    from keyed
    cross join workspace
)

select * from judged
