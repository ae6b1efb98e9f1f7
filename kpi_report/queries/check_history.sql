with numbered as (
    select *, row_number() over (partition by "check" order by checked_at desc, run_id) as newest
    from _meta.check_history
),

recent as (
    select *, bool_or(verdict = 'failed') over (partition by "check") as has_failed
    from numbered
    where newest <= 30
)

-- what never failed tells nothing over time
select "check", severity, checked_at, verdict, observed, threshold, accepted_because
from recent
where has_failed
order by "check", newest desc
