"""What the UI shows of a built table: rows, and a few of them; personal data never."""

from collections.abc import Iterable, Sequence

import dagster as dg
import duckdb

from orchestration.settings import Settings
from orchestration.warehouse import engine_config, open_warehouse, written_tables

_SAMPLED_SCHEMA = "mart"
_SAMPLE_ROWS = 5
# Texts that are the program's words or a company's names for its own things; of other texts no sample is kept.
_HARMLESS = frozenset({
    "grain", "kpi", "dimension", "comparison", "factor", "owner", "model", "credit_level", "channel", "platform",
    "source", "currency", "entity", "meaning", "status", "stage_reached", "cost_type", "department", "severity", "rule",
    "unit", "kind", "better", "formula", "numerator", "denominator", "dimensions", "name_en", "name_ru", "outcome",
    "verdict", "direction", "scope", "flags",
})  # fmt: skip


def profile_tables(settings: Settings, keys: Iterable[dg.AssetKey]) -> dict[dg.AssetKey, dict[str, object]]:
    """Return row counts of all tables of `keys` (schema, table), and samples of those that BI reads anyway.

    Dagster's history is kept for long and read by many: of text only columns that are harmless are sampled, and of raw
    and intermediate tables nothing.
    """
    profiles: dict[dg.AssetKey, dict[str, object]] = {}
    with open_warehouse(settings.warehouse_path, True, engine_config(settings, "profile")) as warehouse:
        existing = {dg.AssetKey(list(table)) for table in written_tables(warehouse)}
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
    columns = enumerate(cursor.description or [])
    shown = [i for i, column in columns if column[0] in _HARMLESS or "VARCHAR" not in str(column[1])]
    header = [str((cursor.description or [])[i][0]) for i in shown]
    return "\n".join(_line(cells) for cells in (header, ["---"] * len(header), *_cells(cursor.fetchall(), shown)))


def _cells(rows: Sequence[Sequence[object]], shown: Sequence[int]) -> list[list[str]]:
    return [["" if row[i] is None else str(row[i]).replace("|", "/").replace("\n", " ") for i in shown] for row in rows]


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"
