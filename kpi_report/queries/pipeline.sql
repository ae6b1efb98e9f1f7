-- the pipeline as it stands today and as it stood 30 days before
with days as (
    select max(day) as today from pipeline_history
)

select pipeline_history.day = days.today as is_today, pipeline_history.day, stage, deals, amount, weighted
from pipeline_history
inner join days on pipeline_history.day in (days.today, days.today - interval 30 day)
order by pipeline_history.day desc, amount desc nulls last, stage
