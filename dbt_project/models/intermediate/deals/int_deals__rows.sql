-- Every staged deal, all versions of one key: which of them counts shows when it is known which could be read.
with staged as (
    {{ union_sources('deals') }}
),

keyed as (
    select
        staged.*,
        staged.source || ':' || staged.deal_id as deal_key,
        {{ record_key('staged', 'lead_id') }} as lead_key_given,
        coalesce(links.is_ambiguous, false) as lead_is_ambiguous,
        {{ channel_key('deals', 'staged') }} as channel_key
    from staged
    {{ join_links('staged', "'leads'", 'lead_id') }}
)

select * from keyed
