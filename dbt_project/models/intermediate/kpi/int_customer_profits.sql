-- Gross profit that each customer brought, by day: won lines less their cost, refunds taken back.
with won_lines as (
    select * from {{ ref('int_won_lines') }}
),

refund_lines as (
    select * from {{ ref('int_refund_lines') }}
),

profits as (
    -- what is known of a deal without amount is what its goods cost
    select
        customer_key,
        date,
        coalesce(amount - coalesce(cost_of_goods, 0), -cost_of_goods) as gross_profit
    from won_lines
    union all
    select customer_key, date, -amount + cost_of_goods as gross_profit from refund_lines
)

select * from profits
