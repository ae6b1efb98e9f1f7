{#- rule: the dimensions it looks at, when it fires (`threshold` is its own), and its four figures. -#}
{%- set rules = {
    'more_leads_without_more_deals': [
        "'total', 'channel'", 'has_enough_leads and leads >= leads_before * (1 + threshold) and won_deals <= won_deals_before',
        'leads_before', 'leads', 'won_deals_before', 'won_deals',
    ],
    'low_conversion_bad_leads': [
        "'channel'",
        'has_enough_leads and qualification_rate <= company_qualification_rate * threshold'
        ~ ' and coalesce(sla_share, 1) >= coalesce(company_sla_share, 0) * 0.9',
        'qualification_rate', 'company_qualification_rate', 'leads', 'sla_share',
    ],
    'low_conversion_slow_sales': [
        "'channel', 'sales_rep'",
        'has_enough_leads and sla_share <= company_sla_share * threshold'
        ~ ' and won_deals_per_lead < company_won_deals_per_lead',
        'won_deals_per_lead', 'company_won_deals_per_lead', 'sla_share', 'company_sla_share',
    ],
    'low_conversion_weak_sales': [
        "'channel', 'sales_rep'",
        'has_enough_leads and won_per_qualified <= company_won_per_qualified * threshold'
        ~ ' and qualification_rate >= company_qualification_rate * 0.9'
        ~ ' and coalesce(sla_share, 1) >= coalesce(company_sla_share, 0) * 0.9',
        'won_per_qualified', 'company_won_per_qualified', 'qualification_rate', 'company_qualification_rate',
    ],
    'revenue_down_with_steady_leads': [
        "'total', 'channel'",
        'has_enough_leads and revenue <= revenue_before * (1 - threshold)'
        ~ ' and abs(leads - leads_before) < leads_before * threshold',
        'revenue_before', 'revenue', 'leads_before', 'leads',
    ],
    'high_cpl_without_quality': [
        "'channel'",
        'has_enough_leads and cpl >= company_cpl * threshold and qualification_rate <= company_qualification_rate',
        'cpl', 'company_cpl', 'qualification_rate', 'company_qualification_rate',
    ],
    'sales_overload': [
        "'total', 'sales_rep'",
        'has_enough_leads and leads_per_rep >= leads_per_rep_before * (1 + threshold)'
        ~ ' and median_response_minutes >= median_response_minutes_before * (1 + threshold)',
        'leads_per_rep_before', 'leads_per_rep', 'median_response_minutes_before', 'median_response_minutes',
    ],
    'roi_negative_while_cost_grows': [
        "'total', 'channel'",
        'marketing_cost_before > 0 and marketing_cost >= marketing_cost_before * (1 + threshold) and roi < 0',
        'marketing_cost_before', 'marketing_cost', 'gross_profit', 'roi',
    ],
    'average_check_down_volume_up': [
        "'total', 'channel'",
        'won_deals_with_amount >= 10 and average_check <= average_check_before * (1 - threshold)'
        ~ ' and won_deals > won_deals_before',
        'average_check_before', 'average_check', 'won_deals_before', 'won_deals',
    ],
} -%}
-- Findings about a period: one branch for each rule.
with rates as (
    select * from {{ ref('int_alignment_rates') }}
),

thresholds as (
    select rule, threshold from {{ ref('int_alignment_rules') }}
),

judged as (
    select
        rates.*,
        thresholds.rule,
        thresholds.threshold
    from rates
    cross join thresholds
),

findings as (
    {%- for rule, definition in rules.items() %}
    select
        rule,
        dimension,
        member,
        grain,
        period_start,
        period_end,
        cast({{ definition[2] }} as double) as a,
        cast({{ definition[3] }} as double) as b,
        cast({{ definition[4] }} as double) as c,
        cast({{ definition[5] }} as double) as d
    from judged
    where rule = '{{ rule }}' and dimension in ({{ definition[0] }}) and {{ definition[1] }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
)

select * from findings
