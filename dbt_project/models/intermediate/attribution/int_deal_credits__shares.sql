-- Credit of each channel and campaign in each won deal by model; the credits of a deal sum to exactly 1.
with deals as (
    select * from {{ ref('int_deals') }} where counts_won
),

weights as (
    select
        *,
        count(*) over (partition by deal_key, model) as members
    from {{ ref('int_touch_weights') }}
),

-- most deals of most models have one member: only the others have to be split
shared as (
    select
        deal_key,
        model,
        channel,
        campaign,
        1 as total,
        weight
    from weights
    where members > 1
),

parts as (
    {{ allocate('shared', 'deal_key, model', ['channel', 'campaign'], '0.000000001', 'decimal(18, 9)') }}
),

with_touches as (
    select
        weights.deal_key,
        weights.model,
        weights.channel,
        weights.campaign,
        weights.touches,
        weights.touch_key,
        coalesce(parts.part, cast(1 as decimal(18, 9))) as credit
    from weights
    left join parts
        on
            weights.deal_key = parts.deal_key
            and weights.model = parts.model
            and weights.channel = parts.channel
            and weights.campaign = parts.campaign
),

-- without touches a deal belongs to its lead's channel and campaign, else its own, under every model
without_touches as (
    {%- for model in per_deal_models() %}
    select
        deals.deal_key,
        '{{ model }}' as model,
        deals.channel,
        deals.campaign,
        0 as touches,
        cast(null as varchar) as touch_key,
        cast(1 as decimal(18, 9)) as credit
    from deals
    left join (select distinct weights.deal_key from weights) as touched on deals.deal_key = touched.deal_key
    where touched.deal_key is null
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

shares as (
    select * from with_touches
    union all
    select * from without_touches
)

select * from shares
