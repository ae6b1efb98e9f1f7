-- Every staged deal line with its fate; of several versions of one key the newest that could be read counts.
with staged as (
    {{ union_sources('deal_lines') }}
),

keyed as (
    select
        staged.*,
        {{ record_key('staged', 'deal_id') }} as deal_key,
        cast(
            coalesce(
                staged.amount,
                {{ product_if_it_fits('staged.unit_price', 'staged.units') }} - coalesce(staged.discount, 0)
            ) as decimal(28, 6)
        ) as line_amount,
        {{ is_refused(refusal_rules('deal_lines')) }} as is_refused
    from staged
    {{ join_links('staged', "'deals'", 'deal_id') }}
),

versions as (
    select
        *,
        {{ newer_versions(['source', 'deal_id', 'line_id']) }} as newer_versions
    from keyed
),

fated as (
    select
        *,
        {{ version_fate() }} as fate
    from versions
)

select * from fated
