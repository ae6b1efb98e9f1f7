-- How long each lead has been under observation in days, and whether it ended in a won deal.
with leads as (
    select leads.*
    from {{ ref('int_leads') }} as leads
    left join {{ ref('int_constant_dates') }} as constant_dates on leads.source = constant_dates.source
    -- the day of an import says nothing about how long anything takes
    where leads.counts and constant_dates.source is null
),

deals as (
    select * from {{ ref('int_deals') }} where counts_won and lead_key is not null
),

workspace as (
    select * from {{ source('settings', 'workspace') }}
),

first_wins as (
    select
        lead_key,
        closed_date,
        closed_at_is_estimated,
        row_number() over (partition by lead_key order by closed_date, closed_at_is_estimated, deal_key) as nth
    from deals
),

observed as (
    select
        leads.lead_key,
        leads.channel,
        leads.created_date,
        first_wins.lead_key is not null as is_won,
        -- a win at an estimated date or before its lead says nothing about how long winning takes
        first_wins.lead_key is not null
        and (first_wins.closed_at_is_estimated or first_wins.closed_date < leads.created_date) as is_left_out,
        {{ days_between('leads.created_date', 'coalesce(first_wins.closed_date, workspace.today)') }} as age_days
    from leads
    cross join workspace
    left join first_wins on leads.lead_key = first_wins.lead_key and first_wins.nth = 1
    where leads.created_date <= workspace.today
)

select * from observed
