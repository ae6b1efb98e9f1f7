"""The figures of the report: each file in `queries/` is one table of one JSON document, under the file's name.

What several of them read stands in `queries/prepared/`.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pyarrow

from kpi_report.expressions import measures_of, reckoned
from orchestration.errors import PublishError
from orchestration.settings import Settings
from orchestration.views.kpi_catalogue import CATALOGUE
from orchestration.views.since import Since
from orchestration.views.suggestions.found import suggestions

QUERIES = Path(__file__).parent / "queries"
# what is needed only for one member or for a range of days: the page packs these tables (see `packing`)
PACKED = tuple(query.stem for query in sorted((QUERIES / "packed").glob("*.sql")))
# the names are those of every face
KPIS = f"""
    select
        kpi, name_en, name_ru, description_en, description_ru, formula, unit, better, owner, kind, numerator,
        denominator, string_split(dimensions, ', ') as dimensions, matures
    from ({CATALOGUE})
    order by position"""
_SIGNIFICANT = "%.9g"
SUGGESTED = 40
# Types whose values are in Arrow what they are in DuckDB.
_WORDS = frozenset({"VARCHAR", "DATE", "TIMESTAMP", "BOOLEAN", "INTEGER", "BIGINT", "DOUBLE", "DECIMAL"})


def read_document(mart: duckdb.DuckDBPyConnection, settings: Settings) -> dict[str, Any]:
    """Read everything the report shows from a published mart (`open_published`) of the workspace with these settings.

    A table is `{"columns": [...], "rows": [[...], ...]}`. Money is in the reporting currency and exact, dates are ISO,
    times UTC, ratios have nine significant digits.

    Raises:
        PublishError: a table or column is missing, as in a mart of an older version.
    """
    try:
        for query in sorted((QUERIES / "prepared").glob("*.sql")):
            mart.execute(query.read_text(encoding="utf-8"))
        files = sorted([*QUERIES.glob("*.sql"), *(QUERIES / "packed").glob("*.sql")])
        texts = {query.stem: query.read_text(encoding="utf-8") for query in files}
        kpis = _table(mart, KPIS, _short)
        # those alone that an additive KPI is divided from
        mart.execute(f"set variable measures = {sorted(measures_of(reckoned(kpis)))}")
        document = {name: _table(mart, text, _exact if name == "days" else _short) for name, text in texts.items()}
        return document | {"kpis": kpis, "suggestions": _suggestions(mart, settings)}
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


def _table(mart: duckdb.DuckDBPyConnection, query: str, figure: Callable[[float], Any]) -> dict[str, Any]:
    """The rows of a query as JSON has them; `figure` writes its floats."""
    cursor = mart.execute(query)
    names, kinds = zip(*((name, str(kind)) for name, kind, *_ in cursor.description or []), strict=True)
    write = {**_WRITTEN, float: figure}
    columns: list[Sequence[Any]]
    if all(kind.partition("(")[0] in _WORDS for kind in kinds):
        columns = [_read(column, write) for column in cursor.to_arrow_table().columns]
    else:
        columns = [_written(values, write) for values in zip(*cursor.fetchall(), strict=True)]
    return {"columns": list(names), "rows": [list(row) for row in zip(*columns, strict=True)]}


def _read(column: pyarrow.ChunkedArray, write: Mapping[type, Callable[[Any], Any]]) -> list[Any]:
    """The values of a column, each different one made and written once: there are millions of them, and most are 0."""
    encoded = column.combine_chunks().dictionary_encode(null_encoding="encode")
    words = _written(encoded.dictionary.to_pylist(), write)
    return list(map(words.__getitem__, encoded.indices.to_pylist()))


def _written(values: Sequence[Any], write: Mapping[type, Callable[[Any], Any]]) -> Sequence[Any]:
    """Values as JSON has them, each different one written once."""
    if not write.keys() & set(map(type, values)):
        return values
    written = {value: write[type(value)](value) if type(value) in write else value for value in set(values)}
    return list(map(written.__getitem__, values))


def _exact(value: float) -> int | float:
    """What is summed later keeps all its digits."""
    return int(value) if value.is_integer() else value


def _short(value: float) -> int | float:
    """A figure that is shown, as short as it can be written: two years of figures must open at once."""
    return _exact(float(_SIGNIFICANT % value))


def _plain(value: Any) -> Any:
    """A value as JSON has it."""
    return _WRITTEN[type(value)](value) if type(value) in _WRITTEN else value


_WRITTEN: dict[type, Callable[[Any], Any]] = {
    Decimal: lambda value: int(value) if value == value.to_integral_value() else float(value),
    float: _short,
    dt.date: dt.date.isoformat,
    dt.datetime: dt.datetime.isoformat,
}
