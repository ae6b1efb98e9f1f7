{#-
    rule: the dimensions it looks at, when it fires (`threshold` and `minimum` are its own), its four figures, and where
    the lever isn't always its owner's, whose it is. A multiple says nothing of a base that is 0 or a loss: 0 is at most
    0.7 times 0, and -95 at most 0.9 times -100; so a figure is compared with its base as well.
-#}
{%- set rules = {
    'more_leads_without_more_deals': [
        "'total', 'channel'", 'leads >= minimum and leads >= leads_before * (1 + threshold) and won_deals <= won_deals_before',
        'leads_before', 'leads', 'won_deals_before', 'won_deals',
    ],
    'low_conversion_bad_leads': [
        "'channel'",
        'leads >= minimum and leads * company_qualification_rate >= 5'
        ~ ' and qualification_rate <= company_qualification_rate * threshold'
        ~ ' and coalesce(sla_share, 1) >= coalesce(company_sla_share, 0) * 0.9',
        'qualification_rate', 'company_qualification_rate', 'leads', 'sla_share',
    ],
    'low_conversion_slow_sales': [
        "'channel', 'sales_rep'",
        'leads * company_lead_to_deal_conversion >= minimum and company_sla_share > 0'
        ~ ' and sla_share <= company_sla_share * threshold'
        ~ ' and lead_to_deal_conversion < company_lead_to_deal_conversion',
        'lead_to_deal_conversion', 'company_lead_to_deal_conversion', 'sla_share', 'company_sla_share',
        "case when qualification_rate < company_qualification_rate * 0.9 then 'shared' else owner end",
    ],
    'low_conversion_weak_sales': [
        "'channel', 'sales_rep'",
        'qualified_leads * company_won_per_qualified_lead >= minimum'
        ~ ' and won_per_qualified_lead <= company_won_per_qualified_lead * threshold'
        ~ ' and qualification_rate >= company_qualification_rate * 0.9'
        ~ ' and coalesce(sla_share, 1) >= coalesce(company_sla_share, 0) * 0.9',
        'won_per_qualified_lead', 'company_won_per_qualified_lead', 'qualification_rate', 'company_qualification_rate',
    ],
    'revenue_down_with_steady_leads': [
        "'total', 'channel'",
        'leads >= minimum and revenue < revenue_before'
        ~ ' and revenue <= revenue_before - abs(revenue_before) * threshold'
        ~ ' and abs(leads - leads_before) < leads_before * threshold',
        'revenue_before', 'revenue', 'leads_before', 'leads',
        'coalesce(revenue_owner, owner)',
    ],
    'high_cpl_without_quality': [
        "'channel'",
        'leads >= minimum and company_cpl > 0 and cpl >= company_cpl * threshold'
        ~ ' and company_qualification_rate > 0 and qualification_rate <= company_qualification_rate',
        'cpl', 'company_cpl', 'qualification_rate', 'company_qualification_rate',
    ],
    'sales_overload': [
        "'total', 'sales_rep'",
        'leads >= minimum and leads_per_rep >= leads_per_rep_before * (1 + threshold)'
        ~ ' and median_response_minutes > median_response_minutes_before'
        ~ ' and median_response_minutes >= median_response_minutes_before * (1 + threshold)',
        'leads_per_rep_before', 'leads_per_rep', 'median_response_minutes_before', 'median_response_minutes',
    ],
    'roi_negative_while_cost_grows': [
        "'total', 'channel'",
        "member <> 'unattributed' and marketing_cost_before > 0"
        ~ ' and marketing_cost >= marketing_cost_before * (1 + threshold) and roi < 0',
        'marketing_cost_before', 'marketing_cost', 'gross_profit', 'roi',
    ],
    'average_check_down_volume_up': [
        "'total', 'channel'",
        'won_deals_with_amount >= minimum and won_deals_with_amount_before >= minimum'
        ~ ' and average_check < average_check_before'
        ~ ' and average_check <= average_check_before - abs(average_check_before) * threshold'
        ~ ' and won_deals > won_deals_before',
        'average_check_before', 'average_check', 'won_deals_before', 'won_deals',
        'coalesce(average_check_owner, owner)',
    ],
} -%}
-- Findings about a period: one branch for each rule.
with rates as (
    select * from {{ ref('int_alignment_rates') }}
),

thresholds as (
    select rule, threshold, minimum, owner from {{ ref('int_alignment_rules') }}
),

judged as (
    select
        rates.*,
        thresholds.rule,
        thresholds.threshold,
        thresholds.minimum,
        thresholds.owner
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
        cast({{ definition[5] }} as double) as d,
        {{ definition[6] ~ ' as owner' if definition | length > 6 else 'owner' }}
    from judged
    where rule = '{{ rule }}' and dimension in ({{ definition[0] }}) and {{ definition[1] }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
)

select * from findings
