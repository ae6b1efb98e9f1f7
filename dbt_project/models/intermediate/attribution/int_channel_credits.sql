-- Channel totals over the whole history of the models that need all journeys at once: markov and shapley. Deals without
-- touches are no journey: they go to the channel they fall back to, so that every model credits the same deals.
with deal_credits as (
    select * from {{ ref('int_deal_credits') }} where model = 'first_touch'
),

effects as (
    select
        'markov' as model,
        channel,
        removal_effect as credit,
        revenue_effect as revenue,
        gross_profit_effect as gross_profit
    from {{ ref('int_markov_effects') }}
    union all
    select
        'shapley' as model,
        channel,
        wins as credit,
        revenue,
        gross_profit
    from {{ ref('int_shapley_shares') }}
),

totals as (
    select
        touches > 0 as has_touches,
        channel,
        cast(count(*) as decimal(28, 9)) as credit,
        cast(sum(revenue) as decimal(28, 9)) as revenue,
        cast(sum(gross_profit) as decimal(28, 9)) as gross_profit
    from deal_credits
    group by touches > 0, channel
),

weighted as (
    {%- for measure, unit in {'credit': '0.000000001', 'revenue': '0.01', 'gross_profit': '0.01'}.items() %}
    select
        effects.model,
        '{{ measure }}' as measure,
        effects.channel,
        cast({{ unit }} as decimal(18, 9)) as unit,
        (
            select cast(sum(totals.{{ measure }}) as decimal(28, 9)) from totals where totals.has_touches
        ) as total,
        cast(effects.{{ measure }} as double) as weight
    from effects
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

parts as (
    {{ allocate('weighted', 'model, measure', ['channel'], 'unit', 'decimal(28, 9)') }}
),

fallbacks as (
    {%- for measure in ['credit', 'revenue', 'gross_profit'] %}
    select
        '{{ measure }}' as measure,
        channel,
        {{ measure }} as part
    from totals
    where not has_touches
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

all_parts as (
    select
        model,
        measure,
        channel,
        part
    from parts
    {%- for model in ['markov', 'shapley'] %}
    union all
    select
        '{{ model }}' as model,
        measure,
        channel,
        part
    from fallbacks
    {%- endfor %}
),

credits as (
    select
        model,
        channel,
        cast(sum(case when measure = 'credit' then part end) as decimal(18, 9)) as credit,
        cast(sum(case when measure = 'revenue' then part end) as decimal(28, 2)) as revenue,
        cast(sum(case when measure = 'gross_profit' then part end) as decimal(28, 2)) as gross_profit
    from all_parts
    group by model, channel
)

select * from credits
