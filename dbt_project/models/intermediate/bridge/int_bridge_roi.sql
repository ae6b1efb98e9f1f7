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

-- ROI needs cost on both sides; its margin needs revenue
ratios as (
    select
        *,
        {%- for side in ['before', 'after'] %}
        revenue_{{ side }} / cost_{{ side }} as revenue_per_cost_{{ side }},
        profit_{{ side }} / nullif(revenue_{{ side }}, 0) as margin_{{ side }},
        (profit_{{ side }} - cost_{{ side }}) / cost_{{ side }} as roi_{{ side }},
        {%- endfor %}
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
    where margin_before is not null and margin_after is not null
    union all
    {%- endfor %}
    select
        ratios.*,
        6 as step,
        case
            when margin_after is not null then 'entered'
            when margin_before is not null then 'left'
            else 'no_base'
        end as factor,
        roi_before as value_before,
        roi_after as value_after,
        total as exact
    from ratios
    where (margin_before is null or margin_after is null) and total <> 0
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
