-- The ratios that the rules compare, each from the sums of its period.
with members as (
    select * from {{ ref('int_alignment_members') }}
),

comparisons as (
    select * from {{ ref('int_comparisons') }} where comparison = 'previous_period'
),

reps as (
    select grain, period_start, count(*) as reps
    from {{ ref('int_kpi_periods_sales_rep') }}
    where leads > 0 and sales_rep <> 'unassigned'
    group by grain, period_start
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
        members.leads / case when members.dimension = 'sales_rep' then 1 else nullif(reps.reps, 0) end as leads_per_rep,
        members.leads_before / case when members.dimension = 'sales_rep' then 1 else nullif(reps_before.reps, 0) end
            as leads_per_rep_before
    from members
    left join reps on members.grain = reps.grain and members.period_start = reps.period_start
    left join comparisons
        on members.grain = comparisons.grain and members.period_start = comparisons.period_start
    left join reps as reps_before
        on members.grain = reps_before.grain and comparisons.base_period_start = reps_before.period_start
)

select * from rates
