"""Tables that a connector landed and exports that a source knows: they need a line of settings and no mapping."""

import fnmatch
from collections.abc import Mapping
from dataclasses import dataclass

from orchestration.add_source.look import Look
from orchestration.extracts.header import position
from orchestration.extracts.sources import SHEETS, SourceSpec, TableSpec

_DECLARED = 0.6  # share of a file's columns that the source must know
_FEW = 4


@dataclass(frozen=True)
class Connector:
    """The source and table that a file is of."""

    source: str
    table: str


def connector_of(look: Look, sources: Mapping[str, SourceSpec]) -> Connector | None:
    """The source whose own table the file plainly is: by its name, with all required columns, most others known."""
    names = [column.name for column in look.columns]
    best: tuple[tuple[float, ...], Connector] | None = None
    for source in sources.values():
        for table in source.tables.values() if source.name != SHEETS else ():
            score = _score(look, names, table)
            if score and (best is None or score > best[0]):
                best = score, Connector(source.name, table.name)
    return best[1] if best else None


def _score(look: Look, names: list[str], table: TableSpec) -> tuple[float, ...] | None:
    base = look.file.name.rsplit("/", 1)[-1].lower()
    matched = [pattern for pattern in table.files if fnmatch.fnmatchcase(base, pattern.lower())]
    if not matched or not names or table.records:
        return None
    found = {column.name: _find(names, (column.name, *column.aliases)) for column in table.columns}
    if any(found[name] is None for name in table.required):
        return None
    known = {number for number in found.values() if number is not None}
    share = len(known) / len(names)
    named = base.startswith(f"{table.source}_")
    told = sum(found[column.name] is not None and column.name not in _ANYBODYS for column in table.columns)
    vendor = named or told >= 3
    if not vendor or (not named and (share < _DECLARED or len(known) < _FEW)):
        return None
    return (float(named), float(len(known)), max(len(pattern) for pattern in matched))


def _find(names: list[str], wanted: tuple[str, ...]) -> int | None:
    return next((number for name in wanted if (number := position(names, name)) is not None), None)


# Columns that any file may have; by these alone no vendor is told.
_ANYBODYS = frozenset({
    "id", "name", "date", "day", "lead_id", "deal_id", "created_at", "updated_at", "closed_at", "email", "phone",
    "first_name", "last_name", "owner", "stage", "status", "amount", "price", "currency", "company", "country",
    "utm_source", "utm_medium", "utm_campaign", "utm_content", "utm_term", "campaign_id", "campaign_name", "channel",
    "lead_source", "source", "medium", "product", "units", "spend", "cost", "impressions", "clicks",
})  # fmt: skip
