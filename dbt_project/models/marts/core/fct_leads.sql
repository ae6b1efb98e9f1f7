-- One row per lead, with what it led to and what it cost; `counts` says whether it is in the KPIs.
with leads as (
    select * from {{ ref('int_leads') }}
),

outcomes as (
    select * from {{ ref('int_kpi_leads') }}
),

months as (
    select * from {{ ref('int_periods') }} where grain = 'month'
),

-- the month's marketing cost of each campaign, shared out evenly among its leads of that month
lead_costs as (
    select
        months.period_start,
        events.channel,
        events.campaign,
        {{ in_millionths('cast(sum(events.marketing_cost) as double) / nullif(sum(events.leads), 0)') }}
            as acquisition_cost
    from {{ ref('int_kpi_events_channel') }} as events
    inner join months on events.date = months.date
    inner join {{ source('settings', 'workspace') }} as workspace on events.date <= workspace.today
    group by months.period_start, events.channel, events.campaign
),

known as (
    select count(marketing_cost) > 0 as marketing_cost from {{ ref('int_kpi_events_total') }}
),

joined as (
    select
        leads.lead_key,
        leads.source,
        leads.lead_id,
        leads.person_key,
        leads.created_at,
        leads.created_at_is_date,
        leads.created_date,
        leads.owner as sales_rep,
        leads.channel,
        leads.campaign,
        leads.campaign_id,
        leads.campaign_key,
        leads.campaign_match,
        leads.channel_is_paid,
        leads.product,
        leads.stage,
        leads.stage_reached,
        leads.is_lost,
        leads.is_qualified,
        leads.qualified_at,
        leads.qualified_date,
        coalesce(outcomes.is_converted, false) as is_converted,
        leads.first_response_at,
        leads.response_seconds,
        outcomes.is_sla_due,
        case when outcomes.is_sla_due then coalesce(outcomes.sla_met_leads, 0) = 1 end as is_sla_met,
        case
            when leads.counts and known.marketing_cost then coalesce(lead_costs.acquisition_cost, 0)
        end as acquisition_cost,
        leads.lead_quality,
        leads.disqualified_reason,
        leads.utm_source,
        leads.utm_medium,
        leads.utm_campaign,
        leads.utm_content,
        leads.utm_term,
        leads.landing_page,
        leads.click_id,
        leads.click_id_type,
        leads.company,
        leads.country,
        leads.email_hash,
        leads.phone_hash,
        leads.full_name_hash,
        leads.updated_at,
        leads.is_deleted,
        leads.is_test,
        leads.is_duplicate,
        leads.duplicate_of,
        leads.counts
    from leads
    cross join known
    left join outcomes on leads.lead_key = outcomes.lead_key
    left join months on leads.created_date = months.date
    left join lead_costs
        on
            months.period_start = lead_costs.period_start
            and leads.channel = lead_costs.channel
            and leads.campaign = lead_costs.campaign
)

select * from joined
