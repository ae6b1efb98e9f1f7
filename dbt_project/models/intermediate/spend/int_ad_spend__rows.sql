{{ config(meta={'parts': parts_of_rows('ad_spend', ['_load_id', '_row'])}) }}
-- Every staged row of ad spend, of all sources and whether it can be used or not, with the key of its origin.
with staged as (
    {{ union_sources('ad_spend') }}
),

keyed as (
    select
        *,
        {{ channel_key('ad_spend') }} as channel_key
    from staged
)

select * from keyed
