-- Amount, units, cost and share of every line; parts of a deal sum to the deal exactly.
-- Cost: the line's own, else its part of what the deal's cost leaves, else (1 - gross margin) of its amount.
with weighted as (
    select * from {{ ref('int_deal_lines__weighted') }}
),

share_rows as (
    select deal_key, line_id, weight, 1 as total from weighted
),

shares as (
    {{ allocate('share_rows', 'deal_key', ['line_id'], '0.000000001', 'decimal(18, 9)') }}
),

amount_rows as (
    select deal_key, line_id, weight, deal_amount as total from weighted
),

amounts as (
    {{ allocate('amount_rows', 'deal_key', ['line_id']) }}
),

unit_rows as (
    select deal_key, line_id, weight, deal_units as total from weighted where not lines_keep_units
),

units as (
    {{ allocate('unit_rows', 'deal_key', ['line_id'], '0.000001', 'decimal(28, 6)') }}
),

costed as (
    select
        *,
        greatest(deal_cost - coalesce(sum(line_cost) over (partition by deal_key), 0), 0) as cost_left
    from weighted
),

cost_rows as (
    select deal_key, line_id, weight, cost_left as total from costed where line_cost is null and deal_cost is not null
),

costs as (
    {{ allocate('cost_rows', 'deal_key', ['line_id']) }}
),

joined as (
    select
        weighted.deal_key,
        weighted.line_id,
        weighted.product,
        case when weighted.lines_keep_units then weighted.units else units.part end as units,
        weighted.unit_price,
        weighted.discount,
        amounts.part as amount,
        cast(coalesce(
            weighted.line_cost,
            costs.part,
            round({{ converted('amounts.part', '(1 - coalesce(margins.gross_margin, workspace.gross_margin))') }}, 2)
        ) as decimal(28, 2)) as cost_of_goods,
        shares.part as share,
        weighted.line_cost is null and costs.part is null as cost_is_estimated,
        weighted.is_synthetic
    from weighted
    inner join shares on weighted.deal_key = shares.deal_key and weighted.line_id = shares.line_id
    inner join amounts on weighted.deal_key = amounts.deal_key and weighted.line_id = amounts.line_id
    left join units on weighted.deal_key = units.deal_key and weighted.line_id = units.line_id
    left join costs on weighted.deal_key = costs.deal_key and weighted.line_id = costs.line_id
    left join {{ ref('int_product_margins') }} as margins on lower(weighted.product) = margins.product_lower
    cross join {{ source('settings', 'workspace') }} as workspace
)

select * from joined
