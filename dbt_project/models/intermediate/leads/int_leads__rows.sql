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
        {{ reporting_date('created_at') }} as created_date,
        row_number() over (
            partition by source, lead_id order by updated_at desc nulls last, _load_id desc, _row desc
        ) as version_no
    from staged
),

judged as (
    select
        keyed.*,
        case
            when lead_key is not null and version_no > 1 then 'superseded'
            when {{ is_refused(refusal_rules('leads')) }} then 'refused'
            else 'kept'
        end as fate
    from keyed
    cross join workspace
)

select * from judged
