"""Stages that neither funnelmart.yml nor their own name explains."""

from collections import defaultdict
from decimal import Decimal

import duckdb

from orchestration.settings import Settings
from orchestration.views.reader import rows
from orchestration.views.suggestions.suggestion import Change, Suggestion
from orchestration.views.suggestions.words import meaning_of_stage, most_alike

_DEALS = """
    select stage, count(*) as rows, coalesce(sum(abs(amount)), 0) as money
    from fct_deals
    where stage is not null and not is_deleted and not is_test and ' ' || flags || ' ' like '% unmapped_stage %'
    group by stage
"""
_LEADS = "select stage, count(*) as rows from fct_leads where stage is not null and counts group by stage"
MEANINGS = ("new", "contacted", "qualified", "opportunity", "won", "lost")


def unmapped_stages(mart: duckdb.DuckDBPyConnection, settings: Settings) -> list[Suggestion]:
    """Of each the records that stand in it; its meaning by what such stages are called, else by a similar one."""
    known = {stage.lower(): meaning for stage, meaning in settings.stages.items()} | {name: name for name in MEANINGS}
    found: dict[str, list[tuple[str, int, Decimal]]] = defaultdict(list)
    for row in rows(mart, _DEALS):
        if row["stage"].lower() not in known:  # written since, the next run builds with it
            found[row["stage"]].append(("deals", row["rows"], row["money"]))
    for row in rows(mart, _LEADS):
        if row["stage"].lower() not in known:
            found[row["stage"]].append(("leads", row["rows"], Decimal()))
    made = []
    for stage, where in found.items():
        similar = most_alike(stage, known)
        meaning = meaning_of_stage(stage) or (known[similar[0]] if similar else None)
        change = Change(("stages",), entries={stage: meaning}) if meaning else None
        count, money = sum(rows for _, rows, _ in where), sum((money for _, _, money in where), Decimal())
        of = "deals" if where[0][0] == "deals" else "leads"
        made.append(Suggestion("stage", stage, of, count, money, tuple(similar), change))
    return made
