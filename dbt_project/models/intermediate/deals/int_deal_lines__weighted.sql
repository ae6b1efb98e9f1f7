-- The lines of every kept deal (one made from the deal where it has none) with their weight in it: line amounts where
-- all lines have one, else units where all have them, else 1 each.
with deals as (
    select * from {{ ref('int_deals__priced') }}
),

lines as (
    select * from {{ ref('int_deal_lines__rows') }} where fate = 'kept'
),

own_lines as (
    select
        deals.deal_key,
        lines.line_id,
        coalesce(lines.product, deals.product, '(none)') as product,
        lines.units,
        lines.unit_price,
        lines.discount,
        lines.line_amount,
        lines.cost_of_goods as cost_source,
        false as is_synthetic
    from lines
    inner join deals on lines.deal_key = deals.deal_key
    union all
    select
        deals.deal_key,
        '(deal)' as line_id,
        coalesce(deals.product, '(none)') as product,
        deals.units_sold as units,
        cast(null as decimal(28, 6)) as unit_price,
        cast(null as decimal(28, 6)) as discount,
        cast(1 as decimal(28, 6)) as line_amount,
        cast(null as decimal(28, 6)) as cost_source,
        true as is_synthetic
    from deals
    where not deals.has_lines
),

counted as (
    select
        *,
        count(*) over (partition by deal_key) as line_count,
        count(line_amount) over (partition by deal_key) as amount_count,
        sum(line_amount) over (partition by deal_key) as amount_sum,
        count(units) over (partition by deal_key) as unit_count,
        sum(units) over (partition by deal_key) as unit_sum
    from own_lines
),

weighted as (
    select
        counted.deal_key,
        counted.line_id,
        counted.product,
        counted.units,
        counted.unit_price,
        counted.discount,
        counted.is_synthetic,
        case
            when counted.amount_count = counted.line_count and counted.amount_sum > 0 then counted.line_amount
            when counted.unit_count = counted.line_count and counted.unit_sum > 0 then counted.units
            else 1
        end as weight,
        deals.amount_reporting as deal_amount,
        deals.units_sold as deal_units,
        deals.lines_keep_units,
        cast(round({{ converted('counted.cost_source', 'deals.rate') }}, 2) as decimal(28, 2)) as line_cost,
        cast(round({{ converted('deals.cost_of_goods', 'deals.rate') }}, 2) as decimal(28, 2)) as deal_cost
    from counted
    inner join deals on counted.deal_key = deals.deal_key
)

select * from weighted
