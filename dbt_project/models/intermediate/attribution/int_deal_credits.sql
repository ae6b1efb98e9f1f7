-- Credits with their money: revenue and gross profit follow the credit, to the cent by largest remainder.
with shares as (
    select
        *,
        credit < 1 as is_shared
    from {{ ref('int_deal_credits__shares') }}
),

deals as (
    select
        deal_key,
        closed_date,
        cast(coalesce(amount, 0) as decimal(28, 2)) as revenue,
        cast(coalesce(amount - coalesce(cost_of_goods, 0), 0) as decimal(28, 2)) as gross_profit
    from {{ ref('int_deals') }}
    where counts_won
),

{% for measure in ['revenue', 'gross_profit'] -%}
shared_{{ measure }} as (
    select
        shares.deal_key,
        shares.model,
        shares.channel,
        shares.campaign,
        deals.{{ measure }} as total,
        shares.credit as weight
    from shares
    inner join deals on shares.deal_key = deals.deal_key
    where shares.is_shared
),

{{ measure }}_parts as (
    {{ allocate('shared_' ~ measure, 'deal_key, model', ['channel', 'campaign']) }}
),

{% endfor -%}

credits as (
    select
        shares.deal_key,
        shares.model,
        shares.channel,
        shares.campaign,
        shares.touches,
        shares.touch_key,
        deals.closed_date,
        shares.credit,
        case when shares.is_shared then revenue_parts.part else deals.revenue end as revenue,
        case when shares.is_shared then gross_profit_parts.part else deals.gross_profit end as gross_profit
    from shares
    inner join deals on shares.deal_key = deals.deal_key
    {%- for measure in ['revenue', 'gross_profit'] %}
    left join {{ measure }}_parts
        on
            shares.deal_key = {{ measure }}_parts.deal_key
            and shares.model = {{ measure }}_parts.model
            and shares.channel = {{ measure }}_parts.channel
            and shares.campaign = {{ measure }}_parts.campaign
    {%- endfor %}
)

select * from credits
