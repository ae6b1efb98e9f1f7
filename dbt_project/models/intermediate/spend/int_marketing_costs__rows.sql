-- Every staged cost, of all sources and whether it can be used or not, with the key of its origin.
with staged as (
    {{ union_sources('marketing_costs') }}
),

keyed as (
    select
        *,
        {{ channel_key('marketing_costs') }} as channel_key
    from staged
)

select * from keyed
