-- Forecasts of leads, won deals and revenue, made today and at the end of past months from what was known then: what
-- was closed already, what the pipeline yields, what is still to come; beside past ones what came.
with happened as (
    select date, month_no, 'leads' as kpi, cast(leads as decimal(28, 6)) as value
    from {{ ref('int_forecast_happened') }}
    union all
    select date, month_no, 'won_deals' as kpi, cast(won_deals as decimal(28, 6)) as value
    from {{ ref('int_forecast_happened') }}
    union all
    select date, month_no, 'revenue' as kpi, cast(won_amount - refunds as decimal(28, 6)) as value
    from {{ ref('int_forecast_happened') }}
),

-- today's look to the end of the year, those of the record three months ahead
wanted as (
    select *
    from {{ ref('int_forecast_parts') }}
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
    inner join happened on wanted.kpi = happened.kpi and wanted.target_no = happened.month_no
    group by wanted.kind, wanted.day, wanted.kpi, wanted.months_ahead
),

today as (
    select last_whole_month_no from {{ ref('int_forecast_days') }} where is_today
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
    left join measured on {{ same_forecast('wanted', 'measured', ['kind', 'day', 'kpi', 'months_ahead']) }}
)

select * from forecasts
