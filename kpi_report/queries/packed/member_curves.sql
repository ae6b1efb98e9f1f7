-- a step function: only where it steps, and its end
with curves as (
    select * from conversion_curves where dimension = 'channel'
),

marked as (
    select *, age_days = max(age_days) over (partition by channel, grain, period_start) as is_last
    from curves
)

select
    dimension, channel as member, grain, period_start, age_days, conversion, conversion_low, conversion_high,
    cohort_leads, cohort_wins_left_out
from marked
where wins > 0 or age_days = 0 or is_last
order by channel, grain, period_start, age_days
