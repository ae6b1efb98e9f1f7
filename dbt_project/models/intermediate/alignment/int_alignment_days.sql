-- Paid channels day by day: spend and leads, and what the four weeks before let one expect.
with days as (
    select * from {{ ref('int_kpi_periods_channel') }} where grain = 'day'
),

channels as (
    select * from {{ ref('int_channel_paid') }}
),

daily as (
    select
        days.channel,
        days.period_start as date,
        cast(coalesce(days.ad_spend, 0) as double) as ad_spend,
        cast(coalesce(days.leads, 0) as double) as leads
    from days
    inner join channels on days.channel = channels.channel
    where channels.channel_is_paid
),

expected as (
    select
        *,
        avg(ad_spend) over four_weeks_before as usual_spend,
        avg(leads) over four_weeks_before as usual_leads
    from daily
    window four_weeks_before as (partition by channel order by date rows between 28 preceding and 1 preceding)
)

select * from expected
