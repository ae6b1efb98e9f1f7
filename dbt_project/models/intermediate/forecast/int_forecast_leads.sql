-- Leads that each forecast day expects in the months after it: the mean of the last three whole months, times what the
-- month was to the same three a year before, where that year is there; for the month that runs the share of its days
-- that are left.
with days as (
    select * from {{ ref('int_forecast_days') }} where is_forecast
),

-- a constant date is no trend
leads as (
    select {{ month_number('leads.created_date') }} as month_no
    from {{ ref('int_leads') }} as leads
    left join {{ ref('int_constant_dates') }} as constant_dates on leads.source = constant_dates.source
    where leads.counts and constant_dates.source is null
),

months as (
    select
        month_no,
        count(*) as leads
    from leads
    group by month_no
),

ahead as (
    {{ whole_numbers(0, 11) }}
),

recent as (
    select
        days.kind,
        days.day,
        sum(case when months.month_no > days.last_whole_month_no - 3 then months.leads end) as last_three,
        sum(case when months.month_no <= days.last_whole_month_no - 12 then months.leads end) as year_before
    from days
    inner join months
        on
            days.last_whole_month_no >= months.month_no
            and (
                months.month_no > days.last_whole_month_no - 3
                or months.month_no between days.last_whole_month_no - 14 and days.last_whole_month_no - 12
            )
    group by days.kind, days.day
),

expected as (
    select
        days.kind,
        days.day,
        ahead.number as months_ahead,
        coalesce(recent.last_three, 0) / cast(3 as double)
        * case
            when
                days.last_whole_month_no - days.first_whole_month_no >= 14
                and recent.year_before >= 30 and months.leads is not null
                then months.leads / (recent.year_before / cast(3 as double))
            else 1
        end as leads,
        case when days.kind = 'month_end' then 0 else 1 end
        * {{ days_between('days.day', "cast(date_trunc('month', days.day) + interval '1' month as date)") }} - 1
            as days_left,
        {{ days_between(
            "cast(date_trunc('month', days.day) as date)",
            "cast(date_trunc('month', days.day) + interval '1' month as date)"
        ) }} as days_of_month
    from days
    cross join ahead
    left join recent on days.kind = recent.kind and days.day = recent.day
    left join months on days.month_no + ahead.number - 12 = months.month_no
),

to_come as (
    select
        kind,
        day,
        months_ahead,
        cast(
            case when months_ahead = 0 then leads * greatest(days_left, 0) / days_of_month else leads end
            as decimal(28, 9)
        ) as leads
    from expected
),

cumulated as (
    select
        *,
        cast(sum(leads) over (
            partition by kind, day order by months_ahead rows between unbounded preceding and current row
        ) as decimal(28, 9)) as leads_so_far
    from to_come
)

select * from cumulated
