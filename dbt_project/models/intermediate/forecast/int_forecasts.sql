-- Forecasts of leads, won deals and revenue, made today and at the end of past months from what was known then: what
-- was closed already, what the pipeline yields, what is still to come; beside past ones what came.
with days as (
    select * from {{ ref('int_forecast_days') }}
),

forecast_days as (
    select * from days where is_forecast
),

won as (
    select
        closed_date as date,
        count(*) as won_deals,
        count(amount) as deals_with_amount,
        coalesce(sum(amount), 0) as amount
    from {{ ref('int_deals') }}
    where counts_won
    group by closed_date
),

refunded as (
    select
        date,
        sum(refunds) as refunds
    from {{ ref('int_sales') }}
    group by date
),

came_in as (
    select
        created_date as date,
        count(*) as leads
    from {{ ref('int_leads') }}
    where counts
    group by created_date
),

happened as (
    select date, 'won_deals' as kpi, cast(won_deals as decimal(28, 6)) as value from won
    union all
    select date, 'revenue' as kpi, cast(amount as decimal(28, 6)) as value from won
    union all
    select date, 'revenue' as kpi, cast(-refunds as decimal(28, 6)) as value from refunded where refunds <> 0
    union all
    select date, 'leads' as kpi, cast(leads as decimal(28, 6)) as value from came_in
),

-- the year before each forecast: what a won deal was worth, and what of it was refunded; and all wins so far
known_wins as (
    select
        forecast_days.kind,
        forecast_days.day,
        won.won_deals,
        case when {{ month_number('won.date') }} > forecast_days.month_no - 12 then won.amount end as amount,
        case
            when {{ month_number('won.date') }} > forecast_days.month_no - 12 then won.deals_with_amount
        end as deals_with_amount
    from forecast_days
    inner join won on forecast_days.day >= won.date
),

year_before as (
    select
        kind,
        day,
        cast(sum(amount) as double) / nullif(sum(deals_with_amount), 0) as average_check,
        cast(sum(amount) as double) as won_amount,
        sum(won_deals) as wins
    from known_wins
    group by kind, day
),

refunds_of_year as (
    select
        forecast_days.kind,
        forecast_days.day,
        cast(sum(refunded.refunds) as double) as refunds
    from forecast_days
    inner join refunded
        on
            forecast_days.day >= refunded.date
            and {{ month_number('refunded.date') }} > forecast_days.month_no - 12
    group by forecast_days.kind, forecast_days.day
),

-- of the leads that had come by the end of a month since the day: how many new deals were won in that month
learned as (
    select
        forecast_days.kind,
        forecast_days.day,
        business.months_ahead,
        cast(sum(business.wins) as double) / nullif(sum(business.leads_so_far), 0) as wins_per_lead,
        cast(sum(business.wins) as double) / count(*) as wins_per_day
    from forecast_days
    inner join days as earlier
        on
            forecast_days.kind = earlier.kind
            and earlier.month_no between forecast_days.month_no - 24 and forecast_days.month_no - 1
    inner join {{ ref('int_forecast_new_business') }} as business
        on
            earlier.kind = business.kind
            and earlier.day = business.day
            and earlier.month_no + business.months_ahead <= forecast_days.last_whole_month_no
    group by forecast_days.kind, forecast_days.day, business.months_ahead
),

parts as (
    select
        forecast_days.*,
        leads.months_ahead,
        leads.leads,
        coalesce(year_before.wins, 0) as wins_so_far,
        year_before.average_check,
        coalesce(1 - refunds_of_year.refunds / nullif(year_before.won_amount, 0), 1) as kept_share,
        coalesce(pipeline.wins, 0) as pipeline_wins,
        coalesce(pipeline.wins_without_amount, 0) as pipeline_wins_without_amount,
        coalesce(pipeline.amount, 0) as pipeline_amount,
        coalesce(learned.wins_per_lead * leads.leads_so_far, learned.wins_per_day, 0) as new_wins
    from forecast_days
    inner join {{ ref('int_forecast_leads') }} as leads
        on forecast_days.kind = leads.kind and forecast_days.day = leads.day
    left join year_before on forecast_days.kind = year_before.kind and forecast_days.day = year_before.day
    left join refunds_of_year
        on forecast_days.kind = refunds_of_year.kind and forecast_days.day = refunds_of_year.day
    left join {{ ref('int_forecast_pipeline') }} as pipeline
        on
            leads.kind = pipeline.kind
            and leads.day = pipeline.day
            and leads.months_ahead = pipeline.months_ahead
    left join learned
        on
            leads.kind = learned.kind
            and leads.day = learned.day
            and leads.months_ahead = learned.months_ahead
),

by_kpi as (
    select *, 'leads' as kpi, cast(0 as double) as from_pipeline, cast(leads as double) as from_new_leads
    from parts
    union all
    select *, 'won_deals' as kpi, cast(pipeline_wins as double) as from_pipeline, new_wins as from_new_leads
    from parts
    union all
    select
        *,
        'revenue' as kpi,
        kept_share * (
            cast(pipeline_amount as double)
            + cast(pipeline_wins_without_amount as double) * coalesce(average_check, 0)
        ) as from_pipeline,
        kept_share * new_wins * coalesce(average_check, 0) as from_new_leads
    from parts
),

-- today's look to the end of the year, those of the record three months ahead
wanted as (
    select
        *,
        {{ month_number('day') }} + months_ahead as target_no
    from by_kpi
    where
        case
            when is_today then extract(month from day) + months_ahead <= 12
            else months_ahead between 1 and 3
        end
),

measured as (
    select
        wanted.kind,
        wanted.day,
        wanted.kpi,
        wanted.months_ahead,
        sum(case when happened.date <= wanted.day then happened.value end) as closed,
        sum(happened.value) as came
    from wanted
    inner join happened
        on wanted.kpi = happened.kpi and wanted.target_no = {{ month_number('happened.date') }}
    group by wanted.kind, wanted.day, wanted.kpi, wanted.months_ahead
),

today as (
    select
        day,
        last_whole_month_no
    from days
    where is_today
),

forecasts as (
    select
        wanted.kpi,
        wanted.day as as_of,
        wanted.is_today,
        cast(wanted.months_ahead as bigint) as months_ahead,
        cast(date_trunc('month', wanted.day) + wanted.months_ahead * interval '1' month as date) as month,
        cast(coalesce(measured.closed, 0) as decimal(28, 6)) as closed,
        cast(wanted.from_pipeline as decimal(28, 6)) as from_pipeline,
        cast(wanted.from_new_leads as decimal(28, 6)) as from_new_leads,
        cast(case
            when not wanted.is_today and wanted.target_no <= today.last_whole_month_no then coalesce(measured.came, 0)
        end as decimal(28, 6)) as actual,
        coalesce(wanted.average_check, 0) as average_check,
        wanted.last_whole_month_no - wanted.first_whole_month_no + 1 >= 12 and wanted.wins_so_far >= 30
            as enough_history
    from wanted
    cross join today
    left join measured
        on
            wanted.kind = measured.kind
            and wanted.day = measured.day
            and wanted.kpi = measured.kpi
            and wanted.months_ahead = measured.months_ahead
)

select * from forecasts
