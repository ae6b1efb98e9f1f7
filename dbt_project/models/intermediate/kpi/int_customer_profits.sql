-- Gross profit that each customer brought, by day: won lines less their cost, refunds taken back.
with won_lines as (
    select * from {{ ref('int_won_lines') }}
),

refund_lines as (
    select * from {{ ref('int_refund_lines') }}
),

profits as (
    select customer_key, date, amount - coalesce(cost_of_goods, 0) as gross_profit from won_lines
    union all
    select customer_key, date, -amount + cost_of_goods as gross_profit from refund_lines
)

select * from profits
