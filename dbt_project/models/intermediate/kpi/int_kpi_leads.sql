-- Every lead that counts, as the numbers that KPIs add up.
with leads as (
    select * from {{ ref('int_leads') }} where counts
),

workspace as (
    select * from {{ source('settings', 'workspace') }}
),

-- a run whose settings fix today gives the same figures whenever it runs: its clock stands at the end of that day
clock as (
    select
        today,
        sla_minutes * 60 as sla_seconds,
        least(
            now_at, {{ zone_to_utc("(cast(today as timestamp) + interval '1' day)", 'timezone') }}
        ) as now_at
    from workspace
),

answered as (
    select
        leads.lead_key,
        leads.created_date as date,
        leads.channel,
        leads.campaign,
        leads.owner as sales_rep,
        leads.product,
        leads.response_seconds,
        leads.channel_is_paid,
        leads.stage_reached <> 'new' as is_contacted,
        leads.is_qualified,
        leads.stage_reached in ('opportunity', 'won') as is_opportunity,
        leads.stage_reached = 'won' as is_converted,
        clock.sla_seconds,
        -- a response without a usable time (before the lead was created) says nothing about speed
        leads.response_seconds is not null or (
            leads.first_response_at is null
            and case
                when leads.created_at_is_date then leads.created_date < clock.today
                else {{ seconds_between('leads.created_at', 'clock.now_at') }} > clock.sla_seconds
            end
        ) as is_sla_due
    from leads
    cross join clock
),

counted as (
    select
        lead_key,
        date,
        channel,
        campaign,
        sales_rep,
        product,
        response_seconds,
        is_converted,
        is_sla_due,
        1 as leads,
        case when channel_is_paid then 1 else 0 end as paid_leads,
        case when is_contacted then 1 else 0 end as contacted_leads,
        case when is_qualified then 1 else 0 end as qualified_leads,
        case when is_opportunity then 1 else 0 end as opportunities,
        case when is_converted then 1 else 0 end as converted_leads,
        case when is_sla_due then 1 else 0 end as sla_due_leads,
        -- null, not 0, without a response: where no lead has one, nobody measures it
        case when response_seconds <= sla_seconds then 1 when response_seconds is not null then 0 end as sla_met_leads
    from answered
)

select * from counted
