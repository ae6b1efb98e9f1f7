"""What a publication changed of what the one before had said: days restated, KPIs of whole months that moved.

`funnelmart diff` compares every table; this is its answer for whoever opens the report.
"""

import dataclasses
import datetime as dt
from pathlib import Path
from typing import Any

import duckdb

from orchestration.publish.history import kept_before, name_of
from orchestration.settings import Settings
from orchestration.views.reader import rows

MOST = 12  # moved KPIs that are told
_SAME = 1e-9  # relative: what floats differ by
_TABLE = "select * from {}.kpi_total where grain in ('day', 'month') and period_start <= ? order by period_start"
Moved = tuple[str, dt.date, float | None, float | None]


@dataclasses.dataclass(frozen=True)
class Since:
    """The publication before: when it was built, the days restated since, and moves (KPI, month, before, now).

    KPIs that mature are no part of it: they grow every day.
    """

    built_at: dt.datetime
    days: list[dt.date]
    moves: list[Moved]


def since_last(settings: Settings, mart: duckdb.DuckDBPyConnection) -> Since | None:
    """Compare the published mart (`open_published`) with the one before it; None where none is kept or readable."""
    before = kept_before(settings, name_of(settings.published_path))
    return compared(mart, before[-1].path) if before else None


def compared(mart: duckdb.DuckDBPyConnection, before: Path) -> Since | None:
    """Compare a mart with the file of an older one; None where that can't be read as a mart."""
    try:
        mart.execute(f"attach '{str(before).replace(chr(39), chr(39) * 2)}' as before (read_only)")
    except duckdb.Error:  # damaged: `rollback --list` says so
        return None
    try:
        run = rows(mart, "select finished_at, today from before._meta.run")[0]
        old, new = ({(row["grain"], row["period_start"]): row for row in _figures(mart, side, run["today"])}
                    for side in ("before.mart", "published.mart"))  # fmt: skip
    except duckdb.Error:
        return None
    finally:
        mart.execute("detach before")
    kpis = rows(mart, "select kpi, kind from dim_kpi where not matures order by position")
    sums = [kpi["kpi"] for kpi in kpis if kpi["kind"] == "sum"]
    # the day the older mart was counted for was not over
    days = [start for (grain, start), row in old.items()
            if grain == "day" and start < run["today"] and _differing(sums, row, new.get((grain, start)))]  # fmt: skip
    months = [(start, row, new[grain, start]) for (grain, start), row in old.items()
              if grain == "month" and row["is_complete"] and (grain, start) in new]  # fmt: skip
    moves = [
        (kpi, start, row[kpi], now[kpi])
        for start, row, now in months
        for kpi in _differing([entry["kpi"] for entry in kpis], row, now)
    ]
    moves.sort(key=lambda move: (-_size(move), move[1], move[0]))
    return Since(run["finished_at"], days, moves[:MOST])


def _figures(mart: duckdb.DuckDBPyConnection, schema: str, today: dt.date) -> list[dict[str, Any]]:
    return rows(mart, _TABLE.format(schema), [today])


def _differing(kpis: list[str], old: dict[str, Any], new: dict[str, Any] | None) -> list[str]:
    """The KPIs that both know and that differ; of a row that is gone those that were not 0."""
    if new is None:
        return [kpi for kpi in kpis if old.get(kpi)]
    return [kpi for kpi in kpis if kpi in old and kpi in new and not _is_same(old[kpi], new[kpi])]


def _is_same(old: Any, new: Any) -> bool:
    if old is None or new is None:
        return old is new
    return abs(float(new) - float(old)) <= _SAME * max(abs(float(old)), abs(float(new)))


def _size(move: Moved) -> float:
    """How far it moved, as a share of the larger side."""
    old, new = float(move[2] or 0), float(move[3] or 0)
    return abs(new - old) / max(abs(old), abs(new), 1e-12)
