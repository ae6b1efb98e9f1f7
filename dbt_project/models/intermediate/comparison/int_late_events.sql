{%- set members = {
    'total': "'total'", 'channel': 'channel', 'campaign': "channel || ' / ' || campaign", 'sales_rep': 'sales_rep',
    'product': 'product',
} -%}
{%- set measures = {
    'contacted': 'contacted_leads', 'qualified': 'qualified_leads', 'opportunity': 'opportunities', 'won': 'converted_leads',
} -%}
-- What the base of each comparison had not yet brought at the age that the later period has today: stages its leads
-- reached and gross profit its customers brought only afterwards; and how many stages have no time to tell by.
with workspace as (
    select today from {{ source('settings', 'workspace') }}
),

bases as (
    select
        periods.date as base_date,
        comparisons.grain,
        comparisons.period_start,
        comparisons.comparison,
        comparisons.base_known_until
    from {{ ref('int_periods') }} as periods
    inner join {{ ref('int_comparisons') }} as comparisons
        on periods.grain = comparisons.grain and periods.period_start = comparisons.base_period_start
    where periods.grain <> 'day' and periods.date <= comparisons.base_last_day
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
        bases.grain,
        bases.period_start,
        bases.comparison,
        milestones.channel,
        milestones.campaign,
        milestones.sales_rep,
        milestones.product,
        milestones.stage || case when milestones.reached_date is null then ' without time' else '' end as stage
    from milestones
    inner join bases on milestones.date = bases.base_date
    where milestones.reached_date is null or milestones.reached_date > bases.base_known_until
),

-- joined by equal keys alone: by a later date, too, each profit would meet each base
profits as (
    select
        bases.grain,
        bases.period_start,
        bases.comparison,
        sum(case when profits.date > bases.base_known_until then profits.gross_profit end) as gross_profit
    from {{ ref('int_customer_profits') }} as profits
    inner join {{ ref('int_customers') }} as customers on profits.customer_key = customers.customer_key
    inner join bases on customers.first_won_date = bases.base_date
    inner join workspace on profits.date <= workspace.today
    group by bases.grain, bases.period_start, bases.comparison
    having count(case when profits.date > bases.base_known_until then 1 end) > 0
),

late as (
    {%- for dimension, member in members.items() %}
    select
        '{{ dimension }}' as dimension,
        {{ member }} as member,
        grain,
        period_start,
        comparison,
        stage,
        0 as gross_profit
    from leads
    union all
    {%- endfor %}
    select 'total' as dimension, 'total' as member, grain, period_start, comparison, '' as stage, gross_profit
    from profits
),

summed as (
    select
        dimension,
        member,
        grain,
        period_start,
        comparison,
        {%- for stage, measure in measures.items() %}
        count(case when stage = '{{ stage }}' then 1 end) as {{ measure }},
        count(case when stage = '{{ stage }} without time' then 1 end) as {{ measure }}_without_time,
        {%- endfor %}
        cast(sum(gross_profit) as decimal(28, 6)) as ltv_gross_profit
    from late
    group by dimension, member, grain, period_start, comparison
)

select * from summed
