-- The lines of won deals, and whether their customer had bought before, and this product before.
with deals as (
    select * from {{ ref('int_deals') }} where counts_won
),

deal_lines as (
    select * from {{ ref('int_deal_lines') }}
),

won as (
    select
        deals.deal_key,
        deal_lines.line_id,
        deals.customer_key,
        deals.closed_date as date,
        case when not deals.closed_at_is_date then deals.closed_at end as closed_at,
        deals.owner as sales_rep,
        deal_lines.product,
        deal_lines.share,
        deal_lines.amount,
        deal_lines.units,
        deal_lines.cost_of_goods,
        deal_lines.cost_is_estimated,
        deals.amount is not null as deal_has_amount
    from deals
    inner join deal_lines on deals.deal_key = deal_lines.deal_key
),

-- before: on an earlier day, or earlier on the same day where both times are known
earlier as (
    select
        *,
        min(date) over (partition by customer_key) as first_date,
        min(closed_at) over (partition by customer_key, date) as first_at_of_day,
        min(date) over (partition by customer_key, product) as first_date_of_product,
        min(closed_at) over (partition by customer_key, product, date) as first_at_of_product_and_day
    from won
),

marked as (
    select
        *,
        coalesce(date > first_date or closed_at > first_at_of_day, false) as is_repeat,
        -- a product that nobody names is not known to be new
        product <> '(none)' and not coalesce(
            date > first_date_of_product or closed_at > first_at_of_product_and_day, false
        ) as is_new_product
    from earlier
),

lines as (
    select
        deal_key,
        line_id,
        customer_key,
        date,
        sales_rep,
        product,
        share,
        amount,
        units,
        cost_of_goods,
        cost_is_estimated,
        deal_has_amount,
        is_repeat,
        is_repeat and is_new_product as is_cross_sell,
        max(case when units is not null then 1 else 0 end) over (partition by deal_key) = 1 as deal_has_units
    from marked
)

select * from lines
