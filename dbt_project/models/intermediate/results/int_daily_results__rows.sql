-- Every staged row of sums by day, of all sources and whether it can be used or not, with the key of its origin.
with staged as (
    {{ union_sources('daily_results') }}
),

keyed as (
    select
        *,
        {{ channel_key('daily_results') }} as channel_key
    from staged
)

select * from keyed
