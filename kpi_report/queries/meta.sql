select
    company, reporting_currency as currency, timezone, locale, week_start, today, finished_at as built_at, run_id, version
from _meta.run
