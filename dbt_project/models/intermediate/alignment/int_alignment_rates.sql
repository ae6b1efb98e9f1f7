-- The ratios that the rules compare, each from the sums of its period.
with members as (
    select * from {{ ref('int_alignment_members') }}
),

comparisons as (
    select * from {{ ref('int_comparisons') }} where comparison = 'previous_period'
),

reps as (
    select grain, period_start, count(*) as reps, cast(sum(leads) as double) as leads
    from {{ ref('int_kpi_periods_sales_rep') }}
    where leads > 0 and sales_rep <> 'unassigned'
    group by grain, period_start
),

-- whose a fall was, as the bridge has it: of the side with at least a fifth of it
falls as (
    select
        kpi,
        grain,
        period_start,
        dimension,
        coalesce(channel, 'total') as member,
        sum(case when owner = 'marketing' then contribution else 0 end) <= 0.2 * sum(contribution) as is_of_marketing,
        sum(case when owner = 'sales' then contribution else 0 end) <= 0.2 * sum(contribution) as is_of_sales
    from {{ ref('kpi_bridge') }}
    where comparison = 'previous_period' and kpi in ('revenue', 'average_check')
    group by kpi, grain, period_start, dimension, channel
    having sum(contribution) < 0
),

owners as (
    select
        *,
        case
            when is_of_marketing and not is_of_sales then 'marketing'
            when is_of_sales and not is_of_marketing then 'sales'
            else 'shared'
        end as owner
    from falls
),

rates as (
    select
        members.*,
        members.qualified_leads / nullif(members.leads, 0) as qualification_rate,
        members.company_qualified_leads / nullif(members.company_leads, 0) as company_qualification_rate,
        members.sla_met_leads / nullif(members.sla_due_leads, 0) as sla_share,
        members.company_sla_met_leads / nullif(members.company_sla_due_leads, 0) as company_sla_share,
        -- of the leads themselves: deals by channel follow the attribution, leads their own channel
        members.converted_leads / nullif(members.leads, 0) as lead_to_deal_conversion,
        members.company_converted_leads / nullif(members.company_leads, 0) as company_lead_to_deal_conversion,
        members.converted_leads / nullif(members.qualified_leads, 0) as won_per_qualified_lead,
        members.company_converted_leads / nullif(members.company_qualified_leads, 0) as company_won_per_qualified_lead,
        members.marketing_cost / nullif(members.leads, 0) as cpl,
        members.company_marketing_cost / nullif(members.company_leads, 0) as company_cpl,
        members.won_amount / nullif(members.won_deals_with_amount, 0) as average_check,
        members.won_amount_before / nullif(members.won_deals_with_amount_before, 0) as average_check_before,
        (members.gross_profit - members.marketing_cost) / nullif(members.marketing_cost, 0) as roi,
        -- leads that nobody was given are no representative's load
        case
            when members.dimension = 'total' then reps.leads / nullif(reps.reps, 0)
            when members.dimension = 'sales_rep' and members.member <> 'unassigned' then members.leads
        end as leads_per_rep,
        case
            when members.dimension = 'total' then reps_before.leads / nullif(reps_before.reps, 0)
            when members.dimension = 'sales_rep' and members.member <> 'unassigned' then members.leads_before
        end as leads_per_rep_before,
        of_revenue.owner as revenue_owner,
        of_check.owner as average_check_owner
    from members
    left join reps on members.grain = reps.grain and members.period_start = reps.period_start
    left join comparisons
        on members.grain = comparisons.grain and members.period_start = comparisons.period_start
    left join reps as reps_before
        on members.grain = reps_before.grain and comparisons.base_period_start = reps_before.period_start
    {%- for joined, kpi in {'of_revenue': 'revenue', 'of_check': 'average_check'}.items() %}
    left join owners as {{ joined }}
        on
            {{ joined }}.kpi = '{{ kpi }}'
            and members.grain = {{ joined }}.grain
            and members.period_start = {{ joined }}.period_start
            and members.dimension = {{ joined }}.dimension
            and members.member = {{ joined }}.member
    {%- endfor %}
)

select * from rates
