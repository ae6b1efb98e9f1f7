-- Every paid channel by week, from its first to its last day with spend: what was spent, and what became of the leads
-- that were created in the week. Leads of a constant date are in none.
with channels as (
    select channel from {{ ref('int_channel_paid') }} where channel_is_paid
),

ad_spend as (
    select ad_spend.*
    from {{ ref('int_ad_spend') }} as ad_spend
    inner join channels on ad_spend.channel = channels.channel
    where ad_spend.counts
),

workspace as (
    select today from {{ source('settings', 'workspace') }}
),

spans as (
    select
        ad_spend.channel,
        min(ad_spend.date) as first_date,
        max(ad_spend.date) as last_date
    from ad_spend
    inner join workspace on ad_spend.date <= workspace.today
    where ad_spend.spend <> 0
    group by ad_spend.channel
),

days as (
    select
        date,
        period_start as week,
        period_end as week_end,
        is_complete
    from {{ ref('int_periods') }}
    where grain = 'week'
),

weeks as (
    select distinct
        spans.channel,
        days.week,
        days.week_end,
        days.is_complete and days.week >= spans.first_date and days.week_end <= spans.last_date as is_whole
    from spans
    inner join days on spans.first_date <= days.week_end and spans.last_date >= days.week
),

-- how long 9 of 10 wins take: younger weeks have not brought all that they will
maturity as (
    select
        cast(
            ceil({{ rounded('percentile_cont(0.9) within group (order by age_days)', 9) }}) as integer
        ) as days_to_mature
    from {{ ref('int_lead_survival') }}
    where is_won and not is_left_out
),

spent as (
    select
        ad_spend.channel,
        days.week,
        sum(ad_spend.impressions) as impressions,
        sum(ad_spend.clicks) as clicks,
        sum(ad_spend.spend) as ad_spend
    from ad_spend
    inner join days on ad_spend.date = days.date
    group by ad_spend.channel, days.week
),

values_of_leads as (
    select
        lead_key,
        count(*) as won_deals,
        sum(amount) as won_value
    from {{ ref('int_deals') }}
    where counts_won and lead_key is not null
    group by lead_key
),

came as (
    select
        leads.channel,
        days.week,
        count(*) as leads,
        count(case when leads.is_qualified then 1 end) as qualified_leads,
        sum(values_of_leads.won_deals) as won_deals,
        sum(values_of_leads.won_value) as won_value
    from {{ ref('int_leads') }} as leads
    inner join days on leads.created_date = days.date
    left join values_of_leads on leads.lead_key = values_of_leads.lead_key
    left join {{ ref('int_constant_dates') }} as constant_dates on leads.source = constant_dates.source
    where leads.counts and constant_dates.source is null
    group by leads.channel, days.week
),

panel as (
    select
        weeks.channel,
        weeks.week,
        weeks.week_end,
        weeks.is_whole,
        coalesce(
            weeks.is_whole and {{ add_days('weeks.week_end', 'maturity.days_to_mature') }} <= workspace.today, false
        ) as is_mature,
        cast(coalesce(spent.impressions, 0) as bigint) as impressions,
        cast(coalesce(spent.clicks, 0) as bigint) as clicks,
        cast(coalesce(spent.ad_spend, 0) as decimal(28, 6)) as ad_spend,
        cast(coalesce(came.leads, 0) as bigint) as leads,
        cast(coalesce(came.qualified_leads, 0) as bigint) as qualified_leads,
        cast(coalesce(came.won_deals, 0) as bigint) as won_deals,
        cast(coalesce(came.won_value, 0) as decimal(28, 2)) as won_value
    from weeks
    cross join workspace
    cross join maturity
    left join spent on weeks.channel = spent.channel and weeks.week = spent.week
    left join came on weeks.channel = came.channel and weeks.week = came.week
)

select * from panel
