select suite, "check", entity, severity, success, unexpected_count, message, accepted_because
from _meta.checks
order by success, case severity when 'critical' then 0 when 'warning' then 1 else 2 end, suite, "check"
