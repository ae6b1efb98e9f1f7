-- What was sold, line by line, and, for won deals, whether it was sold to an earlier customer.
with deal_lines as (
    select * from {{ ref('int_deal_lines') }}
),

won_lines as (
    select * from {{ ref('int_won_lines') }}
),

lines as (
    select
        deal_lines.deal_key,
        deal_lines.line_id,
        deal_lines.product,
        deal_lines.units,
        deal_lines.unit_price,
        deal_lines.discount,
        deal_lines.amount,
        deal_lines.cost_of_goods,
        deal_lines.cost_is_estimated,
        deal_lines.share,
        deal_lines.is_synthetic,
        won_lines.deal_key is not null as counts_won,
        won_lines.date as won_date,
        won_lines.is_repeat,
        won_lines.is_cross_sell
    from deal_lines
    left join won_lines on deal_lines.deal_key = won_lines.deal_key and deal_lines.line_id = won_lines.line_id
)

select * from lines
