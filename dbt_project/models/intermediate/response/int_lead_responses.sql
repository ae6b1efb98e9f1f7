-- How long each lead waited for its first answer, by the clock and by the hours that sales works.
with leads as (
    select * from {{ ref('int_leads') }} where counts
),

-- by the clock, who is due is what the KPI says
kpi_leads as (
    select lead_key, is_sla_due from {{ ref('int_kpi_leads') }}
),

workspace as (
    select * from {{ source('settings', 'workspace') }}
),

business_days as (
    select * from {{ ref('int_business_days') }}
),

-- where the settings fix today, the clock stands at the end of that day: the same figures whenever it runs
clock as (
    select
        timezone,
        sla_minutes * 60 as sla_seconds,
        least(
            now_at, {{ zone_to_utc("(cast(today as timestamp) + interval '1' day)", 'timezone') }}
            - interval '1' second
        ) as now_at
    from workspace
),

waits as (
    select
        leads.lead_key,
        leads.channel,
        leads.campaign,
        leads.owner,
        leads.created_date,
        leads.created_at_is_date,
        leads.response_seconds,
        -- a response from before the lead was created says nothing about speed, but somebody did answer
        leads.response_seconds is null and leads.first_response_at is null as is_unanswered,
        leads.stage_reached,
        kpi_leads.is_sla_due,
        clock.sla_seconds,
        {{ utc_to_zone('leads.created_at', 'clock.timezone') }} as asked_at,
        -- a lead still waiting is measured up to now
        coalesce({{ add_seconds('leads.created_at', 'leads.response_seconds') }}, clock.now_at) as answered_at_utc,
        clock.timezone
    from leads
    inner join kpi_leads on leads.lead_key = kpi_leads.lead_key
    cross join clock
),

local_waits as (
    select
        *,
        {{ utc_to_zone('answered_at_utc', 'timezone') }} as answered_at
    from waits
),

positions as (
    select
        waits.*,
        asked.seconds_before + least(
            greatest({{ second_of_day('waits.asked_at') }}, asked.opens_second), asked.closes_second
        ) - asked.opens_second as asked_position,
        answered.seconds_before + least(
            greatest({{ second_of_day('waits.answered_at') }}, answered.opens_second), answered.closes_second
        ) - answered.opens_second as answered_position
    from local_waits as waits
    inner join business_days as asked on cast(waits.asked_at as date) = asked.date
    left join business_days as answered on cast(waits.answered_at as date) = answered.date
),

measured as (
    select
        *,
        -- a day without a time has no place in working hours
        case when not created_at_is_date then answered_position - asked_position end as business_wait
    from positions
),

-- an answer within the SLA meets it; a lead still waiting is due only once the SLA has run out
responses as (
    select
        lead_key,
        channel,
        campaign,
        owner,
        created_date,
        response_seconds,
        case when response_seconds is not null then business_wait end as business_seconds,
        is_sla_due as is_due,
        coalesce(response_seconds <= sla_seconds, false) as is_within_sla,
        coalesce(
            business_wait is not null
            and (response_seconds is not null or (is_unanswered and business_wait > sla_seconds)), false
        ) as is_due_in_business_hours,
        coalesce(response_seconds is not null and business_wait <= sla_seconds, false)
            as is_within_sla_in_business_hours,
        -- whoever got further than new was spoken to, though nobody wrote down when
        is_sla_due and is_unanswered and stage_reached = 'new' as is_never_answered
    from measured
)

select * from responses
