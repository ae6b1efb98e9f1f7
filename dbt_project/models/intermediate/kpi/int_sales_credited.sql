-- What won deals add to KPIs, by day, channel and campaign: counts times the attribution credit, which is exact; money
-- and units to the cent (and millionth) by largest remainder.
with sales as (
    select * from {{ ref('int_sales') }}
),

credits as (
    select * from {{ ref('int_attribution_credits') }}
),

credited as (
    select
        sales.*,
        credits.channel,
        credits.campaign,
        credits.credit,
        count(*) over (partition by sales.deal_key, sales.date) > 1 as is_shared
    from sales
    inner join credits on sales.deal_key = credits.deal_key
),

-- only what several members share has to be split
shared as (
    {{ split_measure_rows('credited', split_measures()) }}
),

parts as (
    {{ allocate(
        'shared', 'split_key', ['channel', 'campaign', 'deal_key', 'date', 'measure'], 'unit', 'decimal(28, 6)'
    ) }}
),

parts_of_deals as (
    select
        deal_key,
        date,
        channel,
        campaign,
        {{ split_measure_columns(split_measures()) }}
    from parts
    group by deal_key, date, channel, campaign
),

split as (
    select
        credited.deal_key,
        credited.date,
        credited.channel,
        credited.campaign,
        {{ credited_measures(split_measures()) }}
    from credited
    left join parts_of_deals
        on
            credited.deal_key = parts_of_deals.deal_key
            and credited.date = parts_of_deals.date
            and credited.channel = parts_of_deals.channel
            and credited.campaign = parts_of_deals.campaign
)

select * from split
