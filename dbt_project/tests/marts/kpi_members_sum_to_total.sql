-- Every additive measure, summed over the members of a dimension, is the total's, exactly, in every period of every
-- grain; by the day without changes of stocks, which are no event of a member.
{% set without_ads = kpi_measures().keys() | reject('in', ['impressions', 'clicks', 'ad_spend', 'marketing_cost']) | list %}
{% set measures = {
    'channel': kpi_measures().keys() | list, 'campaign': kpi_measures().keys() | list,
    'sales_rep': without_ads, 'product': without_ads,
} %}
with total as (
    select * from {{ ref('int_kpi_periods_total') }}
),

{% for dimension, names in measures.items() %}
{{ dimension }}_sums as (
    select
        grain,
        period_start,
        {%- for name in names %}
        sum({{ name }}) as {{ name }}{{ ',' if not loop.last }}
        {%- endfor %}
    from {{ ref('int_kpi_periods_' ~ dimension) }}
    group by grain, period_start
),
{% endfor %}

differences as (
    {%- for dimension, names in measures.items() %}
    select
        '{{ dimension }}' as dimension,
        total.grain,
        total.period_start,
        case
            {%- for name in names %}
            when
                coalesce(total.{{ name }}, 0) <> coalesce(sums.{{ name }}, 0)
                {{- " and total.grain <> 'day'" if name in ('open_deals_change', 'open_pipeline_change') }} then '{{ name }}'
            {%- endfor %}
        end as measure
    from total
    left join {{ dimension }}_sums as sums on total.grain = sums.grain and total.period_start = sums.period_start
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
)

select * from differences where measure is not null
