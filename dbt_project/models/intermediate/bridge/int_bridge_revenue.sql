{%- set factors = [
    'volume', 'leads_per_cost', 'qualification_rate', 'won_deals_per_qualified_lead', 'average_check'
] -%}
-- Change of each channel's revenue, split into the steps from cost to check (Shapley over the factors), and refunds.
with channels as (
    select * from {{ ref('int_bridge_channels') }}
),

-- a chain is defined where each step divides by something; without cost on either side it starts at leads
chains as (
    select
        *,
        marketing_cost_before > 0 and marketing_cost_after > 0 as starts_at_cost,
        leads_before > 0 and qualified_leads_before > 0 and won_deals_with_amount_before > 0 as is_defined_before,
        leads_after > 0 and qualified_leads_after > 0 and won_deals_with_amount_after > 0 as is_defined_after
    from channels
),

steps as (
    select
        *,
        {%- for side in ['before', 'after'] %}
        cast(case when starts_at_cost then marketing_cost_{{ side }} else leads_{{ side }} end as double)
            as volume_{{ side }},
        case when starts_at_cost then cast(leads_{{ side }} as double) / marketing_cost_{{ side }} else 1 end
            as leads_per_cost_{{ side }},
        cast(qualified_leads_{{ side }} as double) / nullif(leads_{{ side }}, 0) as qualification_rate_{{ side }},
        cast(won_deals_with_amount_{{ side }} as double) / nullif(qualified_leads_{{ side }}, 0)
            as won_deals_per_qualified_lead_{{ side }},
        cast(won_amount_{{ side }} as double) / nullif(won_deals_with_amount_{{ side }}, 0) as average_check_{{ side }},
        {%- endfor %}
        won_amount_after - won_amount_before as won_amount_change
    from chains
),

-- one row per factor; `step` is its place in the chain
parts as (
    {%- for factor in factors %}
    select
        steps.*,
        {{ loop.index }} as step,
        {%- if factor == 'volume' %}
        case when starts_at_cost then 'marketing_cost' else 'leads' end as factor,
        {%- else %}
        '{{ factor }}' as factor,
        {%- endif %}
        {{ factor }}_before as value_before,
        {{ factor }}_after as value_after,
        {{ shapley_product(factor, factors) }} as exact,
        won_amount_change as total
    from steps
    where is_defined_before and is_defined_after{% if factor == 'leads_per_cost' %} and starts_at_cost{% endif %}

    union all
    {%- endfor %}
    select
        steps.*,
        6 as step,
        case
            when is_defined_after then 'entered'
            when is_defined_before then 'left'
            else 'no_base'
        end as factor,
        cast(won_amount_before as double) as value_before,
        cast(won_amount_after as double) as value_after,
        cast(won_amount_change as double) as exact,
        won_amount_change as total
    from steps
    where not (is_defined_before and is_defined_after) and won_amount_change <> 0
    union all
    select
        steps.*,
        7 as step,
        'refunds' as factor,
        cast(refunds_before as double) as value_before,
        cast(refunds_after as double) as value_after,
        cast(refunds_before - refunds_after as double) as exact,
        refunds_before - refunds_after as total
    from steps
    where refunds_before <> refunds_after
),

-- refunds are exact in themselves; the chain of the won amount is rounded as one
grouped as (
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
        exact,
        total,
        case when factor = 'refunds' then 'refunds' else 'chain' end as rounded_together
    from parts
),

rounded as (
    {{ round_parts(
        'grouped', ['grain', 'period_start', 'comparison', 'channel', 'rounded_together'], ['step']
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
