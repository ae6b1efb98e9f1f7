-- Every staged deal, all versions of one key: which of them counts shows when it is known which could be read.
with staged as (
    {{ union_sources('deals') }}
),

keyed as (
    select
        *,
        source || ':' || deal_id as deal_key,
        source || ':' || lead_id as lead_key_given,
        {{ channel_key('deals') }} as channel_key
    from staged
)

select * from keyed
