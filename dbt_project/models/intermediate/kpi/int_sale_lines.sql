-- Everything won deals add to KPIs, by day and line: the sale, its refunds, and, on the day a customer was won, the
-- customer and the gross profit they have brought up to today.
with won_lines as (
    select * from {{ ref('int_won_lines') }}
),

refund_lines as (
    select * from {{ ref('int_refund_lines') }}
),

customers as (
    select * from {{ ref('int_customers') }}
),

workspace as (
    select * from {{ source('settings', 'workspace') }}
),

sales as (
    select
        *,
        -- 0, not null: sales without any to earlier customers have a known share of repeat revenue
        case when is_repeat or amount is null then amount else 0 end as repeat_revenue,
        case when is_cross_sell or amount is null then amount else 0 end as cross_sell_revenue,
        case when deal_has_amount then share else 0 end as won_deals_with_amount,
        case when deal_has_units then share else 0 end as deals_with_units
    from won_lines
),

refunds as (
    select
        *,
        case when is_repeat then -amount end as repeat_revenue,
        case when is_cross_sell then -amount end as cross_sell_revenue
    from refund_lines
),

profits as (
    select * from {{ ref('int_customer_profits') }}
),

customer_profits as (
    select profits.customer_key, cast(sum(profits.gross_profit) as decimal(28, 2)) as gross_profit
    from profits
    inner join workspace on profits.date <= workspace.today
    group by profits.customer_key
),

first_lines as (
    select
        won_lines.*,
        customer_profits.gross_profit,
        coalesce(customer_profits.gross_profit, 0) as total,
        won_lines.share as weight
    from customers
    inner join won_lines on customers.first_deal_key = won_lines.deal_key
    left join customer_profits on customers.customer_key = customer_profits.customer_key
),

profit_parts as (
    {{ allocate('first_lines', 'deal_key', ['line_id']) }}
),

new_customers as (
    select
        first_lines.*,
        case when first_lines.gross_profit is not null then profit_parts.part end as ltv_gross_profit
    from first_lines
    inner join profit_parts
        on first_lines.deal_key = profit_parts.deal_key and first_lines.line_id = profit_parts.line_id
),

lines as (
    {{ measure_rows(['deal_key', 'line_id', 'sales_rep', 'product'], {
        'sales': {
            'won_deals': 'share', 'won_deals_with_amount': 'won_deals_with_amount', 'deals_with_units': 'deals_with_units',
            'won_amount': 'amount', 'units': 'units', 'cost_of_goods': 'cost_of_goods',
            'repeat_revenue': 'repeat_revenue', 'cross_sell_revenue': 'cross_sell_revenue',
        },
        'refunds': {
            'refunds': 'amount', 'refunded_units': 'units', 'cost_of_goods': '-cost_of_goods',
            'repeat_revenue': 'repeat_revenue', 'cross_sell_revenue': 'cross_sell_revenue',
        },
        'new_customers': {'new_customers': 'share', 'ltv_gross_profit': 'ltv_gross_profit'},
    }, only=sale_measures()) }}
)

select * from lines
