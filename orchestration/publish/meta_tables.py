"""Tables of `_meta` that the publication itself writes into the new mart."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from data_checks.history import HISTORY_COLUMNS
from orchestration.extracts.sql import identifier
from orchestration.publish.calls import Database
from orchestration.publish.records import (
    CHECKS_DESCRIPTION,
    HISTORY_DESCRIPTION,
    RELATIONSHIPS_DESCRIPTION,
    RUN_DESCRIPTION,
    TABLES_DESCRIPTION,
    TableDescription,
)

WRITTEN_HERE = {
    "_meta.run": RUN_DESCRIPTION,
    "_meta.checks": CHECKS_DESCRIPTION,
    "_meta.check_history": HISTORY_DESCRIPTION,
    "_meta.relationships": RELATIONSHIPS_DESCRIPTION,
    "_meta.tables": TABLES_DESCRIPTION,
}


def types_of(columns: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    """The types of columns that are given with type and description."""
    return {name: data_type for name, (data_type, _) in columns.items()}


def relationships(descriptions: Mapping[str, TableDescription], there: Collection[str]) -> list[dict[str, str]]:
    """The rows of `_meta.relationships`, of tables that are there."""
    return [
        {
            "table_name": table.removeprefix("mart."),
            "column_name": reference.column,
            "to_table": reference.to_table.removeprefix("mart."),
            "to_column": reference.to_column,
        }
        for table in sorted(descriptions.keys() & there)
        for reference in descriptions[table].references
        if reference.to_table in there
    ]


def write(mart: Database, table: str, types: Mapping[str, str], rows: Sequence[Mapping[str, Any]]) -> int:
    """Create `table` of these columns and fill it; returns how many rows it has."""
    columns = ", ".join(f"{identifier(name)} {data_type}" for name, data_type in types.items())
    mart.execute(f"create table {table} ({columns})")
    if rows:
        marks = ", ".join("?" for _ in types)
        mart.executemany(f"insert into {table} values ({marks})", [[row[name] for name in types] for row in rows])
    return len(rows)


def write_history(mart: Database, lines: str) -> int:
    """Lines of JSON as a table: as one text, since a path of a workspace may hold what DuckDB takes for a pattern."""
    values = ", ".join(
        f"cast(said ->> '$.{name}' as {kind}) as {identifier(name)}" for name, (kind, _) in HISTORY_COLUMNS.items()
    )
    mart.execute(
        f"""
        create table _meta.check_history as
        with lines as (select unnest(string_split(?, chr(10))) as line),
        said as (select cast(line as json) as said, row_number() over () as place from lines where json_valid(line)),
        named as (select place, {values} from said)
        select * exclude (place) from named
        qualify row_number() over (partition by run_id, "check" order by place desc) = 1 order by place
        """,
        [lines],
    )
    return scalar(mart, "select count(*) from _meta.check_history")


def scalar(connection: Database, query: str) -> int:
    """The whole number that a query answers, 0 where it has no row."""
    row = connection.execute(query).fetchone()
    return int(row[0]) if row else 0
