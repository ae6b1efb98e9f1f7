-- What won deals add to KPIs, by day, channel and campaign: counts times the attribution credit, which is exact; money
-- and units to the cent (and millionth) by largest remainder.
{% set split = {
    'won_amount': '0.01', 'refunds': '0.01', 'cost_of_goods': '0.01', 'repeat_revenue': '0.01',
    'cross_sell_revenue': '0.01', 'ltv_gross_profit': '0.01', 'units': '0.000001', 'refunded_units': '0.000001',
} %}
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
    {%- for measure, unit in split.items() %}
    select
        deal_key || '|' || cast(date as varchar) || '|{{ measure }}' as split_key,
        deal_key,
        date,
        channel,
        campaign,
        '{{ measure }}' as measure,
        cast({{ unit }} as decimal(18, 6)) as unit,
        {{ measure }} as total,
        credit as weight
    from credited
    where is_shared and {{ measure }} is not null
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

parts as (
    {{ allocate('shared', 'split_key', ['channel', 'campaign', 'deal_key', 'date', 'measure'], 'unit', 'decimal(18, 6)') }}
),

parts_of_deals as (
    select
        deal_key,
        date,
        channel,
        campaign,
        {%- for measure in split %}
        max(case when measure = '{{ measure }}' then part end) as {{ measure }}{{ ',' if not loop.last }}
        {%- endfor %}
    from parts
    group by deal_key, date, channel, campaign
),

split as (
    select
        credited.deal_key,
        credited.date,
        credited.channel,
        credited.campaign,
        {%- for measure in sale_measures() %}
        cast(
            {% if measure in split -%}
            case when credited.is_shared then parts_of_deals.{{ measure }} else credited.{{ measure }} end
            {%- else -%}
            cast(credited.{{ measure }} as decimal(18, 9)) * credited.credit
            {%- endif %} as {{ kpi_measures()[measure] }}
        ) as {{ measure }}{{ ',' if not loop.last }}
        {%- endfor %}
    from credited
    left join parts_of_deals
        on
            credited.deal_key = parts_of_deals.deal_key
            and credited.date = parts_of_deals.date
            and credited.channel = parts_of_deals.channel
            and credited.campaign = parts_of_deals.campaign
)

select * from split
