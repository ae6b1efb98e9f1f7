"""How much memory models are built in: DuckDB keeps whatever it may, so of little data it is given little."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb

from orchestration.settings import Settings
from orchestration.settings.noted import note, noted

# The two widest models take 340 and 250 MB of 940,000 rows, and more for a moment: in 553 MB a build of them at a time
# ran out one time in three, in 666 MB one in eight. What lacks memory is built again one model at a time, and only if
# that lacks it too in all memory, from then on (`give_all`). What many rows are sorted and grouped in is spilt at
# little cost, so further rows ask for little.
BYTES_A_THREAD, BYTES_A_ROW, BYTES_A_FURTHER_ROW = 192_000_000, 450, 20
FURTHER_FROM = 1_000_000  # landed rows
_ALL = "all"
_DIGITS = 16  # of no number of rows that there is


def note_size(warehouse: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Note how many rows have landed; a workspace that once needed all memory keeps it."""
    if _noted(settings) == _ALL:
        return
    (rows,) = warehouse.execute(
        "select coalesce(sum(estimated_size), 0)::bigint from duckdb_tables() where starts_with(schema_name, 'raw_')"
    ).fetchone() or (0,)
    note(_path(settings), str(rows))


def landed_rows(settings: Settings) -> int | None:
    """How many rows had landed when that was noted last; None where nothing is noted but that all memory is needed.

    A note that is cut off or damaged counts as none, until the next build writes it again.
    """
    noted = _noted(settings)
    return int(noted) if noted.isdecimal() and len(noted) < _DIGITS else None


def fitting_memory(settings: Settings) -> str:
    """What the workspace says; else as much as the rows of raw and the threads ask for, up to the default."""
    rows = landed_rows(settings) or 0
    return _fitting(settings, min(rows, FURTHER_FROM) * BYTES_A_ROW + max(rows - FURTHER_FROM, 0) * BYTES_A_FURTHER_ROW)


def copying_memory(settings: Settings) -> str:
    """The same for tables that are only copied: a thread holds some rows of one of them, however many it has."""
    return _fitting(settings, 0)


def _fitting(settings: Settings, for_rows: int) -> str:
    engine = settings.engine
    if "memory_limit" in engine.model_fields_set or engine.target != "duckdb" or landed_rows(settings) is None:
        return engine.memory_limit
    needed = (engine.threads or os.cpu_count() or 1) * BYTES_A_THREAD + for_rows
    return engine.memory_limit if needed >= engine.memory_bytes else f"{needed // 1_000_000}MB"


def lacked(results: Sequence[Mapping[str, Any]]) -> bool:
    """Whether models (dbt's results) lacked memory."""
    return any("Out of Memory Error" in (result["message"] or "") for result in results)


def give_all(settings: Settings) -> bool:
    """From now on the workspace's models have all memory that it allows; false where they had it already."""
    if fitting_memory(settings) == settings.engine.memory_limit:
        return False
    note(_path(settings), _ALL)
    return True


def _noted(settings: Settings) -> str:
    return noted(_path(settings))


def _path(settings: Settings) -> Path:
    return settings.state_path / "raw_rows"
