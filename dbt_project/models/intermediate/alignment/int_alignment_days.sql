-- Paid channels day by day, from their first event to their last: spend and leads, and what the four weeks before let
-- one expect: means of exact sums, so that no order of rows is in them.
with workspace as (
    select today from {{ source('settings', 'workspace') }}
),

events as (
    select
        events.channel,
        events.date,
        events.ad_spend,
        events.leads
    from {{ ref('int_kpi_events_channel') }} as events
    inner join workspace on events.date <= workspace.today
    inner join {{ ref('int_channel_paid') }} as channels on events.channel = channels.channel
    where channels.channel_is_paid
),

dates as (
    select date from {{ ref('int_periods') }} where grain = 'day'
),

spans as (
    select
        channel,
        min(date) as first_date,
        max(date) as last_date
    from events
    group by channel
),

daily as (
    select
        spans.channel,
        dates.date,
        cast(coalesce(sum(events.ad_spend), 0) as decimal(28, 6)) as ad_spend,
        cast(coalesce(sum(events.leads), 0) as bigint) as leads
    from spans
    inner join dates on spans.first_date <= dates.date and spans.last_date >= dates.date
    left join events on spans.channel = events.channel and dates.date = events.date
    group by spans.channel, dates.date
),

expected as (
    select
        channel,
        date,
        cast(ad_spend as double) as ad_spend,
        cast(leads as double) as leads,
        cast(sum(ad_spend) over four_weeks_before as double)
        / nullif(count(*) over four_weeks_before, 0) as usual_spend,
        cast(sum(leads) over four_weeks_before as double)
        / nullif(count(*) over four_weeks_before, 0) as usual_leads
    from daily
    window four_weeks_before as (partition by channel order by date rows between 28 preceding and 1 preceding)
)

select * from expected
