"""Values of sheets that are one but for case and marks: `GTXPro` and `GTX Pro`."""

from collections import defaultdict
from decimal import Decimal
from typing import Any

import duckdb

from orchestration.extracts.own_source import names_source, own_source
from orchestration.settings import Settings
from orchestration.views.reader import rows
from orchestration.views.suggestions.suggestion import Change, Suggestion
from orchestration.views.suggestions.words import folded

# Canonical column -> the mart's, by entity; money is that of the deals.
_COLUMNS = {
    "deals": {"product": "product", "owner": "sales_rep", "lost_reason": "lost_reason"},
    "leads": {
        "product": "product", "owner": "sales_rep", "lead_quality": "lead_quality",
        "disqualified_reason": "disqualified_reason", "country": "country",
    },
}  # fmt: skip
_NO_VALUE = ("(none)", "unassigned")


def spellings(mart: duckdb.DuckDBPyConnection, settings: Settings) -> list[Suggestion]:
    """For each rarer spelling the one that most rows have, under `values` of the block that it comes from."""
    made = []
    for position, sheet in enumerate(settings.sheets):
        source = sheet.constants.get("source") if names_source(sheet) else own_source(settings, position)
        if sheet.entity not in _COLUMNS or source is None:
            continue
        for column, theirs in _COLUMNS[sheet.entity].items():
            if column in sheet.constants:
                continue
            for rare, often in _spelt_otherwise(_values(mart, sheet.entity, theirs, str(source))):
                if rare["value"] in sheet.values.get(column, {}):
                    continue
                place = ("sources", "sheets", position, "values", column)
                change = Change(place, entries={rare["value"]: often})
                made.append(
                    Suggestion("value", rare["value"], sheet.entity, rare["rows"], rare["money"], (often,), change)
                )
    return made


def _values(mart: duckdb.DuckDBPyConnection, entity: str, column: str, source: str) -> list[dict[str, Any]]:
    money = "coalesce(sum(abs(amount)), 0)" if entity == "deals" else "cast(0 as decimal(28, 2))"
    query = f"""
        select {column} as value, count(*) as rows, {money} as money from fct_{entity}
        where {column} is not null and source = $1 group by {column} order by rows desc, value
    """
    return [row for row in rows(mart, query, [source]) if row["value"] not in _NO_VALUE]


def _spelt_otherwise(values: list[dict[str, Any]]) -> list[tuple[dict[str, Any], str]]:
    """Each value that is spelt otherwise than the one most rows have, with that one."""
    alike: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for value in values:
        alike[folded(value["value"]).replace(" ", "")].append(value | {"money": Decimal(value["money"])})
    return [(rare, found[0]["value"]) for key, found in alike.items() if key for rare in found[1:]]
