"""Tables that a connector landed and exports that a source knows: they need a line of settings and no mapping."""

import fnmatch
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from orchestration.add_source.look import Look
from orchestration.extracts.read.header import position
from orchestration.extracts.source_specs import SourceSpec, TableSpec
from orchestration.extracts.sources import SHEETS

_DECLARED = 0.6  # share of a file's columns that the source must know
_FEW = 4
_MARKS = re.compile(r"_(fivetran|airbyte|sdc|dlt)_", re.IGNORECASE)  # columns that connectors add


@dataclass(frozen=True)
class Connector:
    """The source that a file is of; without a table it is one that the source doesn't read."""

    source: str
    table: str | None


def connector_of(look: Look, sources: Mapping[str, SourceSpec]) -> Connector | None:
    """The source whose own table the file plainly is: by its name, with all required columns, most others known."""
    named = [source for source in sources.values() if is_named_for(look, source)]
    scored = [
        (score, Connector(source.name, table.name))
        for source in named or sources.values()
        for table in (source.tables.values() if source.name != SHEETS else ())
        if (score := _score(look, table))
    ]
    if scored:
        return max(scored, key=lambda one: one[0])[1]
    return Connector(named[0].name, None) if named and is_landed(look) else None


def is_landed(look: Look) -> bool:
    """Whether a connector wrote the table, by the columns that it adds."""
    return any(_MARKS.match(column.name) for column in look.columns)


def is_named_for(look: Look, source: SourceSpec) -> bool:
    """Whether the file's name begins with what only files of that source begin with."""
    return bool(_prefix(look, source.tables.values()))


def _score(look: Look, table: TableSpec) -> tuple[float, ...] | None:
    base = _base(look)
    names = [column.name for column in look.columns]
    matched = [pattern for pattern in table.files if fnmatch.fnmatchcase(base, pattern.lower())]
    if not matched or not names or table.records:
        return None
    found = {column.name: _find(names, (column.name, *column.aliases)) for column in table.columns}
    if any(found[name] is None for name in table.required):
        return None
    known = {number for number in found.values() if number is not None}
    told = sum(found[column.name] is not None and column.name not in _ANYBODYS for column in table.columns)
    told -= sum(bool(_MARKS.match(name)) for name in found if found[name] is not None)
    named = bool(_prefix(look, [table]))
    alike = len(known) >= _DECLARED * len(names) and len(known) >= min(_FEW, len(table.columns))
    if not named and not (is_landed(look) and (alike or told >= 2)) and not (told >= 3 and alike):
        return None
    return (float(named), float(len(known)), max(len(pattern) for pattern in matched))


def _prefix(look: Look, tables: Iterable[TableSpec]) -> str:
    """What the file's name begins with, if only files of one source do: `sf_` of `sf_lead.csv`."""
    base, found = _base(look), ""
    for table in tables:
        for prefix in {f"{table.source}_", *(pattern.lower().partition(table.name)[0] for pattern in table.files)}:
            if len(prefix) > max(2, len(found)) and prefix.endswith("_") and base.startswith(prefix):
                found = prefix
    return found


def _base(look: Look) -> str:
    return look.file.name.rsplit("/", 1)[-1].lower()


def _find(names: list[str], wanted: tuple[str, ...]) -> int | None:
    return next((number for name in wanted if (number := position(names, name)) is not None), None)


# Columns that any file may have; by these alone no vendor is told.
_ANYBODYS = frozenset({
    "id", "name", "date", "day", "lead_id", "deal_id", "created_at", "updated_at", "closed_at", "email", "phone",
    "first_name", "last_name", "owner", "stage", "status", "amount", "price", "currency", "company", "country",
    "utm_source", "utm_medium", "utm_campaign", "utm_content", "utm_term", "campaign_id", "campaign_name", "channel",
    "lead_source", "source", "medium", "product", "units", "spend", "cost", "impressions", "clicks",
})  # fmt: skip
