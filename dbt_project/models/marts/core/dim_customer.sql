-- Every customer with a won deal, with what they have brought so far.
with customers as (
    select * from {{ ref('int_customers') }}
),

attributes as (
    select * from {{ ref('int_members') }} where dimension = 'customer'
),

deals as (
    select * from {{ ref('int_deals') }} where counts_won
),

sales as (
    select * from {{ ref('int_sales') }}
),

sums as (
    select
        deals.customer_key,
        max(deals.closed_date) as last_won_date,
        sum(sales.won_amount) as won_amount,
        sum(sales.refunds) as refunds,
        sum(sales.cost_of_goods) as cost_of_goods
    from sales
    inner join deals on sales.deal_key = deals.deal_key
    group by deals.customer_key
),

valued as (
    select
        customers.customer_key,
        attributes.name,
        attributes.segment,
        attributes.country,
        customers.first_deal_key,
        customers.first_won_at,
        customers.first_won_date,
        customers.first_won_is_estimated,
        sums.last_won_date,
        customers.channel,
        customers.campaign,
        customers.won_deals,
        cast(sums.won_amount - coalesce(sums.refunds, 0) as decimal(28, 2)) as revenue,
        cast(
            sums.won_amount - coalesce(sums.refunds, 0) - coalesce(sums.cost_of_goods, 0) as decimal(28, 2)
        ) as gross_profit
    from customers
    left join sums on customers.customer_key = sums.customer_key
    left join attributes on customers.customer_key = 'customer:' || attributes.member
)

select * from valued
