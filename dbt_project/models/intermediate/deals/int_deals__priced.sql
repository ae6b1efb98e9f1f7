-- Amounts in reporting currency. A deal without amount whose lines all have one is worth what its lines are worth.
with deals as (
    select * from {{ ref('int_deals__dated') }} where fate = 'kept'
),

lines as (
    select
        deal_key,
        case when count(line_amount) = count(*) then sum(line_amount) end as amount,
        case when count(units) = count(*) then sum(units) end as all_units,
        sum(units) as known_units
    from {{ ref('int_deal_lines__rows') }}
    where fate = 'kept'
    group by deal_key
),

priced as (
    select
        deals.*,
        cast(
            round({{ converted('coalesce(deals.amount, lines.amount)', 'deals.rate') }}, 2) as decimal(28, 2)
        ) as amount_reporting,
        cast(coalesce(deals.amount, lines.amount) as decimal(28, 6)) as amount_source,
        cast(coalesce(lines.all_units, deals.units, lines.known_units) as decimal(28, 6)) as units_sold,
        lines.all_units is not null or deals.units is null as lines_keep_units,
        lines.deal_key is not null as has_lines
    from deals
    left join lines on deals.deal_key = lines.deal_key
)

select * from priced
