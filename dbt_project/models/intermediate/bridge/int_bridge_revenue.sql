{%- set factors = ['volume', 'leads_per_cost', 'quality', 'winning', 'average_check'] -%}
-- Change of each channel's revenue, split into the steps from cost to check (Shapley over the factors), and refunds.
with kinds as (
    select * from {{ ref('int_bridge_kinds') }}
),

-- each factor as it stands on its own side, null where it is undefined
sides as (
    select
        *,
        {%- for side in ['before', 'after'] %}
        cast(case when starts_at_cost then marketing_cost_{{ side }} else leads_{{ side }} end as double)
            as own_volume_{{ side }},
        case when starts_at_cost then cast(leads_{{ side }} as double) / marketing_cost_{{ side }} else 1 end
            as own_leads_per_cost_{{ side }},
        case when skips_qualified then 1 else cast(qualified_leads_{{ side }} as double) / leads_{{ side }} end
            as own_quality_{{ side }},
        cast(won_deals_with_amount_{{ side }} as double)
        / nullif(case when skips_qualified then leads_{{ side }} else qualified_leads_{{ side }} end, 0)
            as own_winning_{{ side }},
        cast(won_amount_{{ side }} as double) / nullif(won_deals_with_amount_{{ side }}, 0)
            as own_average_check_{{ side }},
        {%- endfor %}
        won_amount_change as total
    from kinds
    where kind = 'chain'
),

-- what is undefined on one side takes the other side's value, so that only what is known changes
steps as (
    select
        grain,
        period_start,
        comparison,
        base_period_start,
        is_complete,
        channel,
        starts_at_cost,
        skips_qualified,
        {%- for factor in factors %}
        coalesce(own_{{ factor }}_before, own_{{ factor }}_after, 1) as {{ factor }}_before,
        coalesce(own_{{ factor }}_after, own_{{ factor }}_before, 1) as {{ factor }}_after,
        {%- endfor %}
        total
    from sides
),

-- one row per factor; `step` is its place in the chain
parts as (
    {%- for factor in factors %}
    select
        grain,
        period_start,
        comparison,
        base_period_start,
        is_complete,
        channel,
        {{ loop.index }} as step,
        {%- if factor == 'volume' %}
        case when starts_at_cost then 'marketing_cost' else 'leads' end as factor,
        {%- elif factor == 'winning' %}
        case when skips_qualified then 'won_deals_per_lead' else 'won_deals_per_qualified_lead' end as factor,
        {%- else %}
        '{{ 'qualification_rate' if factor == 'quality' else factor }}' as factor,
        {%- endif %}
        {{ factor }}_before as value_before,
        {{ factor }}_after as value_after,
        {{ shapley_product(factor, factors) }} as exact,
        total,
        'chain' as rounded_together
    from steps
    {%- if factor == 'leads_per_cost' %}
    where starts_at_cost
    {%- elif factor == 'quality' %}
    where not skips_qualified
    {%- endif %}
    union all
    {%- endfor %}
    select
        grain,
        period_start,
        comparison,
        base_period_start,
        is_complete,
        channel,
        6 as step,
        kind as factor,
        cast(won_amount_before as double) as value_before,
        cast(won_amount_after as double) as value_after,
        cast(won_amount_change as double) as exact,
        won_amount_change as total,
        'chain' as rounded_together
    from kinds
    where kind <> 'chain' and won_amount_change <> 0
    union all
    -- refunds are exact in themselves; the chain of the won amount is rounded as one
    select
        grain,
        period_start,
        comparison,
        base_period_start,
        is_complete,
        channel,
        7 as step,
        'refunds' as factor,
        cast(refunds_before as double) as value_before,
        cast(refunds_after as double) as value_after,
        cast(refunds_before - refunds_after as double) as exact,
        refunds_before - refunds_after as total,
        'refunds' as rounded_together
    from kinds
    where refunds_before <> refunds_after
),

rounded as (
    {{ round_parts(
        'parts', ['grain', 'period_start', 'comparison', 'channel', 'rounded_together'], ['step']
    ) }}
),

bridge as (
    select
        grain,
        period_start,
        comparison,
        base_period_start,
        is_complete,
        channel,
        step,
        factor,
        value_before,
        value_after,
        part as contribution
    from rounded
)

select * from bridge
