-- What new business each forecast may count on: of the leads that had come since an earlier day by the end of a month,
-- how many deals that were new then were won in that month.
with lessons as (
    select * from {{ ref('int_forecast_lessons') }}
),

business as (
    select * from {{ ref('int_forecast_new_business') }}
),

learned as (
    select
        lessons.kind,
        lessons.day,
        lessons.months_ahead,
        cast(sum(business.wins) as double) / nullif(sum(business.leads_so_far), 0) as wins_per_lead,
        cast(sum(business.wins) as double) / count(*) as wins_per_day
    from lessons
    inner join business
        on
            lessons.kind = business.kind
            and lessons.earlier_day = business.day
            and lessons.months_ahead = business.months_ahead
    group by lessons.kind, lessons.day, lessons.months_ahead
)

select * from learned
