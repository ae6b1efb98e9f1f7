"""The figures of the report: each file in `queries/` is one table of one JSON document, under the file's name."""

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from orchestration.errors import PublishError
from orchestration.settings import Settings
from orchestration.views.kpi_catalogue import CATALOGUE
from orchestration.views.since import Since
from orchestration.views.suggestions.found import suggestions

QUERIES = Path(__file__).parent / "queries"
# the names are those of every face
KPIS = f"""
    select kpi, name_en, name_ru, description_en, description_ru, formula, unit, better, owner, kind
    from ({CATALOGUE})
    order by position"""
SIGNIFICANT_DIGITS = 9
SUGGESTED = 40


def read_document(mart: duckdb.DuckDBPyConnection, settings: Settings) -> dict[str, Any]:
    """Read everything the report shows from a published mart (`open_published`) of the workspace with these settings.

    A table is `{"columns": [...], "rows": [[...], ...]}`. Money is in the reporting currency and exact, dates are ISO,
    times UTC, ratios have nine significant digits.

    Raises:
        PublishError: a table or column is missing, as in a mart of an older version.
    """
    try:
        texts = {query.stem: query.read_text(encoding="utf-8") for query in sorted(QUERIES.glob("*.sql"))}
        document = {name: _table(mart, text) for name, text in (texts | {"kpis": KPIS}).items()}
        return document | {"suggestions": _suggestions(mart, settings)}
    except duckdb.Error as error:
        raise PublishError(
            f"the report can't be made of the published mart, which stays published: {error}; "
            "expected one that this version of funnelmart has built"
        ) from error


def since_tables(since: Since | None) -> dict[str, Any]:
    """What the publication changed of the one before, as tables of the document; empty where there is nothing."""
    if since is None or not (since.days or since.moves):
        return {}
    moves = [[_plain(value) for value in move] for move in since.moves]
    days = [
        since.built_at.isoformat(),
        len(since.days),
        *(day.isoformat() for day in [*since.days[:1], *since.days[-1:]]),
    ]
    return {
        "since": {"columns": ["built_at", "days", "first_day", "last_day"][: len(days)], "rows": [days]},
        "since_moves": {"columns": ["kpi", "period_start", "old", "new"], "rows": moves},
    }


def _suggestions(mart: duckdb.DuckDBPyConnection, settings: Settings) -> dict[str, Any]:
    """What could not be placed and the lines that would place it, as `funnelmart suggest` lists them: the dearest."""
    rows = [
        [
            one.kind, one.about, one.of, one.rows, _plain(one.money), list(one.similar),
            one.change.lines() if one.change else None,
        ]
        for one in suggestions(mart, settings)[:SUGGESTED]
    ]  # fmt: skip
    return {"columns": ["kind", "about", "of", "rows", "money", "similar", "lines"], "rows": rows}


def _table(mart: duckdb.DuckDBPyConnection, query: str) -> dict[str, Any]:
    cursor = mart.execute(query)
    columns = [column[0] for column in cursor.description or []]
    return {"columns": columns, "rows": [[_plain(value) for value in row] for row in cursor.fetchall()]}


def _plain(value: Any) -> Any:
    """A value as JSON has it, written as short as it can be: two years of figures must open at once."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, float):
        rounded = float(f"{value:.{SIGNIFICANT_DIGITS}g}")
        return int(rounded) if rounded.is_integer() else rounded
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    return value
