-- Refunds by the lines of their deal, in proportion to the lines' shares. Where the cost of goods is only a margin of
-- revenue, a refund takes its cost back with it; a recorded cost stays spent.
with refunds as (
    select * from {{ ref('int_refunds') }} where counts
),

won_lines as (
    select * from {{ ref('int_won_lines') }}
),

refunded as (
    select
        refunds.refund_key,
        refunds.refunded_date,
        refunds.amount as refund_amount,
        refunds.units as refund_units,
        won_lines.*
    from refunds
    inner join won_lines on refunds.deal_key = won_lines.deal_key
),

amounts as (
    select refund_key, line_id, coalesce(refund_amount, 0) as total, share as weight from refunded
),

unit_shares as (
    select refund_key, line_id, coalesce(refund_units, 0) as total, share as weight from refunded
),

amount_parts as (
    {{ allocate('amounts', 'refund_key', ['line_id']) }}
),

unit_parts as (
    {{ allocate('unit_shares', 'refund_key', ['line_id'], unit='0.000001', data_type='decimal(28, 6)') }}
),

lines as (
    select
        refunded.refund_key,
        refunded.deal_key,
        refunded.line_id,
        refunded.customer_key,
        refunded.refunded_date as date,
        refunded.sales_rep,
        refunded.product,
        refunded.is_repeat,
        refunded.is_cross_sell,
        amount_parts.part as amount,
        unit_parts.part as units,
        cast(case
            when refunded.cost_is_estimated and refunded.amount <> 0
                then {{ rounded(
                    'cast(amount_parts.part as double)'
                    ~ ' * cast(refunded.cost_of_goods as double) / cast(refunded.amount as double)', 2
                ) }}
            else 0
        end as decimal(28, 2)) as cost_of_goods
    from refunded
    inner join amount_parts
        on refunded.refund_key = amount_parts.refund_key and refunded.line_id = amount_parts.line_id
    inner join unit_parts
        on refunded.refund_key = unit_parts.refund_key and refunded.line_id = unit_parts.line_id
)

select * from lines
