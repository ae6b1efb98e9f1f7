select entity, dimension, member, stage, meaning, entered, timed, standing, median_days, p90_days
from stage_durations
order by
    entity, dimension, member,
    case meaning when 'new' then 1 when 'contacted' then 2 when 'qualified' then 3 when 'opportunity' then 4 else 5 end,
    entered desc, stage
