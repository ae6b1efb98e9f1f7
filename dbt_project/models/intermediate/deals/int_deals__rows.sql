-- Every staged deal; of several versions of one key the newest counts, the others are superseded.
with staged as (
    {{ union_sources('deals') }}
),

keyed as (
    select
        *,
        source || ':' || deal_id as deal_key,
        source || ':' || lead_id as lead_key_given,
        {{ channel_key('deals') }} as channel_key,
        row_number() over (
            partition by source, deal_id order by updated_at desc nulls last, _load_id desc, _row desc
        ) as version_no
    from staged
),

told_apart as (
    select
        *,
        deal_key is not null and version_no > 1 as is_superseded
    from keyed
)

select * from told_apart
