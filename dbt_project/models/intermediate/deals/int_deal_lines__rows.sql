-- Every staged deal line with its fate; of several versions of one key the newest extract counts.
with staged as (
    {{ union_sources('deal_lines') }}
),

keyed as (
    select
        *,
        source || ':' || deal_id as deal_key,
        cast(
            coalesce(amount, {{ converted('unit_price', 'units') }} - coalesce(discount, 0)) as decimal(18, 6)
        ) as line_amount,
        row_number() over (partition by source, deal_id, line_id order by _load_id desc, _row desc) as version_no
    from staged
),

judged as (
    select
        *,
        case
            when deal_id is not null and line_id is not null and version_no > 1 then 'superseded'
            when {{ is_refused(refusal_rules('deal_lines')) }} then 'refused'
            else 'kept'
        end as fate
    from keyed
)

select * from judged
