"""Parquet through DuckDB: every leaf as text, nested structs as dotted columns, lists as JSON text."""

from pathlib import Path

import duckdb
from duckdb import sqltypes

from orchestration.errors import ExtractError
from orchestration.extracts.limits import check_cell
from orchestration.extracts.read.table import READ_TABLE, ReadTable
from orchestration.extracts.sql import identifier, literal
from orchestration.settings import Formats

_NUMBERS = ("decimal", "double", "float")


def read_parquet(connection: duckdb.DuckDBPyConnection, path: Path, formats: Formats) -> ReadTable:
    """Read a Parquet file; `_row` is the number of the record.

    Raises:
        ExtractError: it is no readable Parquet file.
    """
    source = f"read_parquet({literal(str(path))}, file_row_number = true)"
    try:
        relation = connection.sql(f"select * exclude (file_row_number) from {source}")
        leaves = [
            leaf
            for name, kind in zip(relation.columns, relation.types, strict=True)
            for leaf in _leaves(name, identifier(name), kind, formats)
        ]
        cells = ", ".join(f"{value} as c{i}" for i, (_, value) in enumerate(leaves))
        connection.execute(f"""
            create or replace temp table {READ_TABLE} as
            select file_row_number + 1 as _row, cast(null as varchar) as _overflow, {cells} from {source}""")
        sizes = ", ".join(f"max(strlen(c{i}))" for i in range(len(leaves)))
        row = connection.execute(f"select greatest({sizes}) from {READ_TABLE}").fetchone()
    except duckdb.Error as error:
        raise ExtractError(f"is no readable Parquet file: {error}") from error
    check_cell(row[0] or 0 if row else 0)
    return ReadTable(tuple(name for name, _ in leaves), typed=True, format="parquet")


def _leaves(name: str, value: str, kind: sqltypes.DuckDBPyType, formats: Formats) -> list[tuple[str, str]]:
    if kind.id == "struct":
        return [
            leaf
            for child, child_kind in kind.children
            if isinstance(child_kind, sqltypes.DuckDBPyType)
            for leaf in _leaves(f"{name}.{child}", f"{value}.{identifier(child)}", child_kind, formats)
        ]
    if kind.id in ("list", "array", "map"):
        return [(name, f"cast(to_json({value}) as varchar)")]
    if kind.id == "timestamp with time zone":
        return [(name, f"cast(timezone('UTC', {value}) as varchar) || '+00'")]
    if kind.id in _NUMBERS and formats.decimal != ".":
        return [(name, f"replace(cast({value} as varchar), '.', {literal(formats.decimal)})")]
    if kind.id.startswith("timestamp") or kind.id == "date":
        return [(name, _time(value, kind.id, formats))]
    return [(name, f"cast({value} as varchar)")]


def _time(value: str, kind: str, formats: Formats) -> str:
    """The declared spelling where it reads back as the same, else ISO: a format without seconds would lose them."""
    declared = formats.date if kind == "date" else formats.timestamp
    if declared is None:
        return f"cast({value} as varchar)"
    written = f"strftime({value}, {literal(declared)})"
    return (
        f"case when try_strptime({written}, {literal(declared)}) = {value} then {written} "
        f"else cast({value} as varchar) end"
    )
