select
    rule, severity, owner, dimension, member, grain, period_start, period_end, evidence, message_en, message_ru,
    action_en, action_ru
from kpi_alignment
order by
    case severity when 'critical' then 0 when 'warning' then 1 else 2 end,
    period_end desc, rule, message_en
