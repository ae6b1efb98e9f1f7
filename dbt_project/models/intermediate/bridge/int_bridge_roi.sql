{%- set factors = ['revenue_per_cost', 'margin'] -%}
{%- set cell = ['grain', 'period_start', 'comparison', 'base_period_start', 'is_complete', 'dimension', 'channel'] -%}
-- Change of ROI, for the total and each channel: ROI + 1 = revenue per cost x margin.
with channels as (
    select * from {{ ref('int_bridge_channels') }}
),

members as (
    select *, 'channel' as dimension from channels
    union all
    select *, 'total' as dimension from channels
),

sums as (
    select
        grain,
        period_start,
        comparison,
        base_period_start,
        is_complete,
        dimension,
        case when dimension = 'channel' then channel end as channel,
        {%- for side in ['before', 'after'] %}
        cast(sum(marketing_cost_{{ side }}) as double) as cost_{{ side }},
        cast(sum(won_amount_{{ side }} - refunds_{{ side }}) as double) as revenue_{{ side }},
        cast(sum(won_amount_{{ side }} - refunds_{{ side }} - cost_of_goods_{{ side }}) as double) as profit_{{ side }}
        {%- if not loop.last %},{% endif %}
        {%- endfor %}
    from members
    group by grain, period_start, comparison, base_period_start, is_complete, dimension, 7
),

-- ROI needs cost on both sides
ratios as (
    select
        *,
        {%- for side in ['before', 'after'] %}
        revenue_{{ side }} / cost_{{ side }} as revenue_per_cost_{{ side }},
        (profit_{{ side }} - cost_{{ side }}) / cost_{{ side }} as roi_{{ side }},
        {%- endfor %}
        -- the margin needs revenue: without it on one side it is the other side's, so that only what is known changes
        coalesce(profit_before / nullif(revenue_before, 0), profit_after / nullif(revenue_after, 0), 1)
            as margin_before,
        coalesce(profit_after / nullif(revenue_after, 0), profit_before / nullif(revenue_before, 0), 1)
            as margin_after,
        -- goods without revenue (all of it refunded): the chain doesn't reach the profit
        (revenue_before = 0 and profit_before <> 0) or (revenue_after = 0 and profit_after <> 0) as has_no_base,
        profit_after / cost_after - profit_before / cost_before as total
    from sums
    where cost_before > 0 and cost_after > 0
),

parts as (
    {%- for factor in factors %}
    select
        ratios.*,
        {{ loop.index }} as step,
        '{{ factor }}' as factor,
        {{ factor }}_before as value_before,
        {{ factor }}_after as value_after,
        {{ shapley_product(factor, factors) }} as exact
    from ratios
    where not has_no_base
    union all
    {%- endfor %}
    select
        ratios.*,
        6 as step,
        'no_base' as factor,
        roi_before as value_before,
        roi_after as value_after,
        total as exact
    from ratios
    where has_no_base and total <> 0
),

rounded as (
    {{ round_parts(
        'parts', ['grain', 'period_start', 'comparison', 'dimension', 'channel'], ['step'], '0.000001', 'decimal(28, 6)'
    ) }}
),

bridge as (
    select
        {{ cell | join(',\n        ') }},
        step,
        factor,
        value_before,
        value_after,
        roi_before as kpi_before,
        roi_after as kpi_after,
        part as contribution
    from rounded
)

select * from bridge
