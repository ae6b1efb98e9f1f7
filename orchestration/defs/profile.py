"""What the UI shows of a built table: rows, and a few of them; personal data never."""

from collections.abc import Iterable, Sequence

import dagster as dg
import duckdb

from orchestration.settings import Settings
from orchestration.warehouse import engine_config, open_warehouse

_SAMPLED_SCHEMA = "mart"
_SAMPLE_ROWS = 5


def profile_tables(settings: Settings, keys: Iterable[dg.AssetKey]) -> dict[dg.AssetKey, dict[str, object]]:
    """Return row counts of all tables of `keys` (schema, table), and samples of those that BI reads anyway.

    Hashes of persons stay out of samples; raw and intermediate tables, where plain values stand, are not sampled.
    """
    profiles: dict[dg.AssetKey, dict[str, object]] = {}
    with open_warehouse(settings.warehouse_path, True, engine_config(settings, "profile")) as warehouse:
        tables = warehouse.execute("select schema_name, table_name from duckdb_tables()").fetchall()
        existing = {dg.AssetKey(list(table)) for table in tables}
        for key in existing.intersection(keys):
            schema, table = key.path
            relation = f'"{schema}"."{table}"'
            row = warehouse.execute(f"select count(*) from {relation}").fetchone()
            profiles[key] = {"dagster/row_count": row[0] if row else 0}
            if schema == _SAMPLED_SCHEMA:
                profiles[key]["sample"] = dg.MetadataValue.md(_sample(warehouse, relation))
    return profiles


def _sample(warehouse: duckdb.DuckDBPyConnection, relation: str) -> str:
    cursor = warehouse.execute(f"select * from {relation} limit {_SAMPLE_ROWS}")
    shown = [i for i, column in enumerate(cursor.description or []) if not column[0].endswith(("_hash", "person_key"))]
    header = [str((cursor.description or [])[i][0]) for i in shown]
    return "\n".join(_line(cells) for cells in (header, ["---"] * len(header), *_cells(cursor.fetchall(), shown)))


def _cells(rows: Sequence[Sequence[object]], shown: Sequence[int]) -> list[list[str]]:
    return [["" if row[i] is None else str(row[i]).replace("|", "/").replace("\n", " ") for i in shown] for row in rows]


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"
