"""What the UI shows of a built table: rows, and a few of them; personal data never."""

from collections.abc import Sequence
from typing import TypedDict

import duckdb

SAMPLED_SCHEMA = "mart"
_SAMPLE_ROWS = 5
# Texts that are the program's words or a company's names for its own things; of other texts no sample is kept.
_HARMLESS = frozenset({
    "grain", "kpi", "dimension", "comparison", "factor", "owner", "model", "credit_level", "channel", "platform",
    "source", "currency", "entity", "meaning", "status", "stage_reached", "cost_type", "department", "severity", "rule",
    "unit", "kind", "better", "formula", "numerator", "denominator", "dimensions", "name_en", "name_ru", "outcome",
    "verdict", "direction", "scope", "flags",
})  # fmt: skip


class Profile(TypedDict):
    """Number of rows; of a table that BI reads anyway a few of them, as Markdown."""

    rows: int
    sample: str | None


def profile(connection: duckdb.DuckDBPyConnection, schema: str, table: str) -> Profile:
    """Count the rows of a table, and show some where it is one of the mart.

    Dagster's history is kept for long and read by many: of text only columns that are harmless are sampled, and of raw
    and intermediate tables nothing.
    """
    relation = f'"{schema}"."{table}"'
    row = connection.execute(f"select count(*) from {relation}").fetchone()
    return {"rows": row[0] if row else 0, "sample": _sample(connection, relation) if schema == SAMPLED_SCHEMA else None}


def _sample(connection: duckdb.DuckDBPyConnection, relation: str) -> str:
    cursor = connection.execute(f"select * from {relation} limit {_SAMPLE_ROWS}")
    columns = enumerate(cursor.description or [])
    shown = [i for i, column in columns if column[0] in _HARMLESS or "VARCHAR" not in str(column[1])]
    header = [str((cursor.description or [])[i][0]) for i in shown]
    return "\n".join(_line(cells) for cells in (header, ["---"] * len(header), *_cells(cursor.fetchall(), shown)))


def _cells(rows: Sequence[Sequence[object]], shown: Sequence[int]) -> list[list[str]]:
    return [["" if row[i] is None else str(row[i]).replace("|", "/").replace("\n", " ") for i in shown] for row in rows]


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"
