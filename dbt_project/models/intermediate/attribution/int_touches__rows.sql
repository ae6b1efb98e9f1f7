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
        keyed.*,
        case
            when touch_key is not null and version_no > 1 then 'superseded'
            when {{ is_refused(touch_refusal_rules()) }} then 'refused'
            else 'kept'
        end as fate
    from keyed
    cross join workspace
)

select * from judged
