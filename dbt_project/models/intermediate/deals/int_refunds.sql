-- Refunds in reporting currency; only those of a deal that counts as won reduce revenue.
with kept as (
    select * from {{ ref('int_refunds__rows') }} where fate = 'kept'
),

joined as (
    select
        kept.refund_key,
        kept.source,
        kept.refund_id,
        kept.deal_key,
        deals.deal_key is null as deal_is_unknown,
        kept.refunded_at,
        kept.refunded_at_is_date,
        kept.refunded_at_is_estimated,
        kept.refunded_date,
        kept.currency_used as currency,
        kept.amount as amount_source,
        cast(round({{ converted('kept.amount', 'kept.rate') }}, 2) as decimal(28, 2)) as amount,
        kept.units,
        coalesce(deals.counts_won, false) as counts,
        kept._file,
        kept._row
    from kept
    left join {{ ref('int_deals') }} as deals on kept.deal_key = deals.deal_key
)

select * from joined
