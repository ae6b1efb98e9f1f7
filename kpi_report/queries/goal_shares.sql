-- what of a company's goal falls on each shorter period within it: by last year's course where the goal follows it (its
-- pace does), else by days; the parts of a goal sum to it
with goals as (
    select kpi_targets.*, due_date - start_date + 1 as span_days
    from kpi_targets
    inner join dim_kpi on kpi_targets.kpi = dim_kpi.kpi
    where dim_kpi.kind = 'sum' and kpi_targets.scope = 'total' and kpi_targets.target_value is not null
),

periods as (
    select grain, period_start, period_end from kpi_total where grain <> 'day'
),

days as (
    select kpi, period_start as day, value
    from kpi_long
    where grain = 'day' and dimension = 'total' and kpi in (select kpi from goals)
),

parts as (
    select
        goals.target_key, goals.kpi, goals.start_date, goals.due_date, goals.target_value, goals.is_seasonal,
        goals.span_days, periods.grain, periods.period_start, periods.period_end
    from goals
    inner join periods
        on
            goals.start_date <= periods.period_start and goals.due_date >= periods.period_end
            and (goals.start_date < periods.period_start or goals.due_date > periods.period_end)
),

-- a day beyond the last, so that the 29th of February falls on a period
courses as (
    select
        parts.target_key, parts.grain, parts.period_start,
        sum(days.value) filter (
            where days.day >= parts.period_start - interval 1 year and days.day < parts.period_end + 1 - interval 1 year
        ) as of_period,
        sum(days.value) as of_all
    from parts
    inner join days
        on
            parts.kpi = days.kpi and days.day >= parts.start_date - interval 1 year
            and days.day < parts.due_date + 1 - interval 1 year
    where parts.is_seasonal
    group by parts.target_key, parts.grain, parts.period_start
)

select
    parts.target_key, parts.grain, parts.period_start,
    case
        when parts.is_seasonal then parts.target_value * coalesce(courses.of_period, 0) / nullif(courses.of_all, 0)
        else parts.target_value * (parts.period_end - parts.period_start + 1) / parts.span_days
    end as share_value
from parts
left join courses using (target_key, grain, period_start)
order by parts.target_key, parts.grain, parts.period_start
