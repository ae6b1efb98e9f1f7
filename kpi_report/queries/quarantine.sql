select
    entity, source, reason, column_name, count(*) as refused, min(file) as file, min(line) as line,
    min(masked_value) as value
from _meta.quarantine
group by entity, source, reason, column_name
order by refused desc, entity, source, reason, column_name
