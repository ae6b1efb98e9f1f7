"""Print the list of checks as Markdown: `python -m data_checks > docs/checks.md`."""

from data_checks.checks import Check
from data_checks.suites import ALL

_TITLES = {
    "leads": "Leads, before anything is built on them",
    "spend": "Spend, other costs and exchange rates",
    "deals": "Deals, lines, refunds and credits",
    "results": "Sums by day, where there are no records",
    "kpis": "The finished mart, and the mart against raw",
}

_HEAD = """# Data checks

What must hold before a mart is published. A failed **critical** check stops the publication and the old mart stays;
a **warning** is counted and shown; **info** only tells. Each run writes what it found, with samples in which personal
data is masked, to `reports/data_docs/index.html` of the workspace and to `_meta.checks` of the mart.

A workspace decides for itself, by the name of the check:

```yaml
checks:
  leads_freshness: {threshold: 2, severity: critical}   # no new leads for two days: don't publish
  deals_closing_estimated: {threshold: 0.2}              # up to 20 % without a closing date is usual here
```

Shares are between 0 and 1. *Deviations* compare each of the last 7 days with the same weekdays of the 8 weeks before
and, where there are six, with the same day of the months before (the last three days counted from the month's end); the
kinder of the two counts. A deviation is the distance from their median in units of 1.4826 × MAD (the standard
deviation, were the data normal), but at least the square root of a usual count or a tenth of a usual amount, so that a
regular source does not cry wolf over one lead.

Where a limit is *learned*, the one of the table holds until a source has a history of its own. Deviations: after 60
days, one and a half times what 99 of 100 of its days of the year before stayed within, drops and jumps apart, at least
3. Freshness: after 30 gaps, one and a half times the gap that 99 of 100 of its days with data keep, at least 2 days.
A threshold in funnelmart.yml always counts. `funnelmart explain CHECK` shows rule, limit, history and failing rows.

A check that had no rows to look at has not passed: its verdict is *nothing to check*. A critical check that could
not run (it lacked memory, or its table) is an error of the run (exit code 1) and can't be accepted: nothing was found
that anybody could judge.

This page is made from the declarations in `data_checks/suites` by `python -m data_checks`.
"""


def markdown() -> str:
    """Return the list of checks as the page `docs/checks.md`."""
    parts = [_HEAD]
    for suite, checks in ALL.items():
        parts.append(
            f"## {_TITLES[suite]}\n\n| check | expects | otherwise | severity | limit |\n|---|---|---|---|---|"
        )
        parts += [_row(check) for check in checks]
        parts.append("")
    return "\n".join(parts)


def _row(check: Check) -> str:
    limit = "" if check.threshold is None else f"{check.threshold} {check.unit}" + (", learned" if check.learns else "")
    return f"| `{check.name}` | {check.expects} | {check.why} | {check.severity} | {limit} |"


if __name__ == "__main__":
    print(markdown(), end="")
