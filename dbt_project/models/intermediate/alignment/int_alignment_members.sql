{%- set measures = [
    'ad_spend', 'marketing_cost', 'leads', 'qualified_leads', 'converted_leads', 'won_deals', 'won_deals_with_amount',
    'won_amount', 'revenue', 'gross_profit', 'sla_due_leads', 'sla_met_leads', 'median_response_minutes',
] -%}
{%- set dimensions = {'total': "'total'", 'channel': 'channel', 'sales_rep': 'sales_rep'} -%}
-- Complete months and quarters beside the ones before, for the company, each channel and each sales representative.
with comparisons as (
    select * from {{ ref('int_comparisons') }}
    where comparison = 'previous_period' and grain in ('month', 'quarter') and is_complete
),

{% for dimension, member in dimensions.items() %}
{{ dimension }}_periods as (
    select * from {{ ref('int_kpi_periods_' ~ dimension) }}
),

{% endfor %}
members as (
    {%- for dimension, member in dimensions.items() %}
    select
        '{{ dimension }}' as dimension,
        {{ member }} as member,
        grain,
        period_start,
        period_end,
        {%- for measure in measures %}
        cast({{ measure }} as double) as {{ measure }}{%- if not loop.last %},{% endif %}
        {%- endfor %}
    from {{ dimension }}_periods
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

side_by_side as (
    select
        members.dimension,
        members.member,
        members.grain,
        members.period_start,
        members.period_end,
        {%- for measure in measures %}
        members.{{ measure }},
        before.{{ measure }} as {{ measure }}_before,
        company.{{ measure }} as company_{{ measure }}{%- if not loop.last %},{% endif %}
        {%- endfor %}
    from members
    inner join comparisons on members.grain = comparisons.grain and members.period_start = comparisons.period_start
    left join members as before
        on
            members.dimension = before.dimension
            and members.member = before.member
            and members.grain = before.grain
            and comparisons.base_period_start = before.period_start
    left join members as company
        on company.dimension = 'total' and members.grain = company.grain and members.period_start = company.period_start
)

select * from side_by_side
