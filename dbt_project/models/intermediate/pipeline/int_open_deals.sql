-- What every open deal is worth, by product, with its own probability of being won (a source in which one exceeds 1
-- gives per cent) and its present stage.
with deals as (
    select * from {{ ref('int_deals') }}
),

lines as (
    select
        deal_key,
        product,
        cast(sum(amount_today) as decimal(28, 2)) as amount
    from {{ ref('int_deal_line_values') }}
    group by deal_key, product
),

scales as (
    select
        source,
        case when max(probability) > 1 then 100 else 1 end as one
    from deals
    group by source
),

valued as (
    select
        deals.deal_key,
        deals.channel,
        deals.campaign,
        deals.owner as sales_rep,
        lines.product,
        lines.amount,
        lower(deals.stage) as present_stage,
        cast(deals.probability as double) / scales.one as own_probability
    from deals
    inner join lines on deals.deal_key = lines.deal_key
    inner join scales on deals.source = scales.source
)

select * from valued
