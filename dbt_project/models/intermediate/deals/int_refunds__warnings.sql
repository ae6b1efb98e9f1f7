-- Refunds and deal lines that are kept and flagged.
with refunds as (
    select
        'refunds' as entity,
        source,
        refund_key as key,
        case
            when deal_is_unknown then 'deal_unknown'
            when amount is null then 'refund_without_amount'
            when not counts then 'deal_does_not_count'
        end as warning,
        deal_key as detail
    from {{ ref('int_refunds') }}
    where deal_is_unknown or amount is null or not counts
),

dated_by_order as (
    select
        'refunds' as entity,
        source,
        refund_key as key,
        'refund_dated_by_order' as warning,
        deal_key as detail
    from {{ ref('int_refunds') }}
    where refunded_at_is_estimated
),

lines as (
    select
        'deal_lines' as entity,
        lines.source,
        lines.deal_key || ':' || lines.line_id as key,
        'deal_unknown' as warning,
        lines.deal_key as detail
    from {{ ref('int_deal_lines__rows') }} as lines
    left join {{ ref('int_deals__priced') }} as deals on lines.deal_key = deals.deal_key
    where lines.fate = 'kept' and deals.deal_key is null
),

both_kinds as (
    select * from refunds
    union all
    select * from dated_by_order
    union all
    select * from lines
)

select * from both_kinds
