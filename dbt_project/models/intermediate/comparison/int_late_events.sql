{%- set dimensions = {
    'total': [], 'channel': ['channel'], 'campaign': ['channel', 'campaign'], 'sales_rep': ['sales_rep'],
    'product': ['product'],
} -%}
{%- set member = {
    'total': "'total'", 'channel': 'channel', 'campaign': "channel || ' / ' || campaign", 'sales_rep': 'sales_rep',
    'product': 'product',
} -%}
{%- set measures = {
    'contacted': 'contacted_leads', 'qualified': 'qualified_leads', 'opportunity': 'opportunities', 'won': 'converted_leads',
} -%}
{%- set counts = [] -%}
{%- for stage, measure in measures.items() -%}
{%- set is_stage = "milestones.stage = '" ~ stage ~ "' and milestones.reached_date" -%}
{%- do counts.append("case when " ~ is_stage ~ " is not null then 1 else 0 end\n            as " ~ measure) -%}
{%- set without = measure ~ "_without_time" -%}
{%- do counts.append("case when " ~ is_stage ~ " is null then 1 else 0 end\n            as " ~ without) -%}
{%- endfor -%}
-- What the base of each comparison had not yet brought at the age that the later period has today: stages its leads
-- reached and gross profit its customers brought only afterwards; and how many stages have no time to tell by.
with comparisons as (
    select * from {{ ref('int_comparisons') }}
),

workspace as (
    select today from {{ source('settings', 'workspace') }}
),

periods as (
    select * from {{ ref('int_periods') }} where grain <> 'day'
),

-- a base lies at most a leap year before its period: what happened earlier was known at its age, too
milestones as (
    select
        leads.*,
        milestones.stage,
        milestones.date as reached_date
    from {{ ref('int_lead_milestones') }} as milestones
    inner join {{ ref('int_kpi_leads') }} as leads on milestones.lead_key = leads.lead_key
    cross join workspace
    where milestones.date is null or milestones.date > workspace.today - interval '366' day
),

leads as (
    select
        comparisons.grain,
        comparisons.period_start,
        comparisons.comparison,
        milestones.channel,
        milestones.campaign,
        milestones.sales_rep,
        milestones.product,
        {{ counts | join(',\n        ') }}
    from milestones
    inner join periods on milestones.date = periods.date
    inner join comparisons
        on periods.grain = comparisons.grain and periods.period_start = comparisons.base_period_start
    where
        milestones.date <= comparisons.base_last_day
        and (milestones.reached_date is null or milestones.reached_date > comparisons.base_known_until)
),

lead_sums as (
    {%- for dimension, columns in dimensions.items() %}
    select
        '{{ dimension }}' as dimension,
        {{ member[dimension] }} as member,
        grain,
        period_start,
        comparison,
        {%- for measure in measures.values() %}
        cast(sum({{ measure }}) as bigint) as {{ measure }},
        cast(sum({{ measure }}_without_time) as bigint) as {{ measure }}_without_time,
        {%- endfor %}
        cast(0 as decimal(28, 6)) as ltv_gross_profit
    from leads
    group by {{ (['grain', 'period_start', 'comparison'] + columns) | join(', ') }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

profits as (
    select
        'total' as dimension,
        'total' as member,
        comparisons.grain,
        comparisons.period_start,
        comparisons.comparison,
        {%- for measure in measures.values() %}
        cast(0 as bigint) as {{ measure }},
        cast(0 as bigint) as {{ measure }}_without_time,
        {%- endfor %}
        cast(sum(profits.gross_profit) as decimal(28, 6)) as ltv_gross_profit
    from {{ ref('int_customer_profits') }} as profits
    inner join {{ ref('int_customers') }} as customers on profits.customer_key = customers.customer_key
    inner join periods on customers.first_won_date = periods.date
    inner join comparisons
        on periods.grain = comparisons.grain and periods.period_start = comparisons.base_period_start
    inner join workspace on profits.date <= workspace.today
    where customers.first_won_date <= comparisons.base_last_day and profits.date > comparisons.base_known_until
    group by comparisons.grain, comparisons.period_start, comparisons.comparison
),

late as (
    select * from lead_sums
    union all
    select * from profits
),

summed as (
    select
        dimension,
        member,
        grain,
        period_start,
        comparison,
        {%- for measure in measures.values() %}
        cast(sum({{ measure }}) as bigint) as {{ measure }},
        cast(sum({{ measure }}_without_time) as bigint) as {{ measure }}_without_time,
        {%- endfor %}
        cast(sum(ltv_gross_profit) as decimal(28, 6)) as ltv_gross_profit
    from late
    group by dimension, member, grain, period_start, comparison
)

select * from summed
