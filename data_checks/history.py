"""What every check found before: a line for each verdict, beside the warehouse, so that it outlives one made anew."""

import dataclasses
import datetime as dt
import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from data_checks.results import CheckResult
from orchestration.settings import Settings
from orchestration.settings.noted import document, noted

_LARGEST = 8_000_000  # bytes: more than a year of daily runs; then the older half goes
_TAIL = 1_000_000  # bytes at the end that hold the runs which people look at
SHOWN = 30

HISTORY_COLUMNS = {
    "run_id": ("varchar", "Id of the run, the same as in Dagster's history."),
    "checked_at": ("timestamp", "When the check ran, in UTC."),
    "suite": ("varchar", "Group of checks: leads, spend, deals, results or kpis."),
    "check": ("varchar", "Name of the check."),
    "severity": ("varchar", "critical, warning or info, as it was then."),
    "verdict": ("varchar", "passed, failed or nothing_to_check."),
    "observed": ("double", "The figure found; null where the check measures none."),
    "unexpected_count": ("bigint", "Rows, days, files or members that were not as expected."),
    "threshold": ("double", "Limit that the figure was held against; null where there was none."),
    "accepted_because": ("varchar", "Why a failed critical check was accepted that time; null otherwise."),
}


@dataclasses.dataclass(frozen=True)
class Past:
    """One verdict of before, as a line of the history says it; `checked_at` is UTC in ISO."""

    run_id: str
    checked_at: str
    verdict: str
    observed: float | None
    threshold: float | None
    severity: str
    accepted_because: str | None = None


def history_path(settings: Settings) -> Path:
    """Return the file of the history: JSON, one object a line, the newest last."""
    return settings.state_path / "check_history.jsonl"


def remember(settings: Settings, run_id: str, checked_at: dt.datetime, results: Iterable[CheckResult]) -> None:
    """Add the verdicts of one run (at an aware time); where a run is asked twice, the later lines count."""
    path = history_path(settings)
    path.parent.mkdir(parents=True, exist_ok=True)
    moment = checked_at.astimezone(dt.UTC).replace(tzinfo=None).isoformat(timespec="seconds")
    lines = "".join(json.dumps(_line(run_id, moment, result), ensure_ascii=False) + "\n" for result in results)
    if path.exists() and path.stat().st_size > _LARGEST:
        _halve(path)
    torn = path.exists() and not _ends_whole(path)  # a killed run's last line
    with path.open("a", encoding="utf-8") as file:
        file.write(("\n" if torn else "") + lines)


def recent(settings: Settings, shown: int = SHOWN) -> dict[str, list[Past]]:
    """Return the last verdicts of each check by its name, the oldest first."""
    path = history_path(settings)
    if not path.is_file():
        return {}
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _TAIL))
        lines = file.read().decode("utf-8", errors="replace").splitlines()
    found: dict[str, dict[str, Past]] = {}
    for line in lines:
        said = _said(line)
        if said is not None:
            said_of_it: dict[str, Any] = {field.name: said.get(field.name) for field in dataclasses.fields(Past)}
            past = Past(**said_of_it)
            of_check = found.setdefault(str(said["check"]), {})
            of_check.pop(past.run_id, None)
            of_check[past.run_id] = past
    return {check: list(past.values())[-shown:] for check, past in found.items()}


def history_text(settings: Settings) -> str:
    """Return the whole history as it is kept, for the published mart; empty where nothing was checked yet."""
    return noted(history_path(settings))


def _line(run_id: str, moment: str, result: CheckResult) -> dict[str, Any]:
    observed = result.observed if isinstance(result.observed, int | float) else None
    return {
        "run_id": run_id, "checked_at": moment, "suite": result.suite, "check": result.check,
        "severity": result.severity, "verdict": result.verdict, "observed": observed,
        "unexpected_count": result.unexpected_count,
        "threshold": None if result.threshold is None else float(result.threshold),
        "accepted_because": result.accepted_because,
    }  # fmt: skip


def _said(line: str) -> dict[str, Any] | None:
    """What a line says; None for one that is torn: at the cut of the tail, or by a run that was killed."""
    said = document(line)
    return said if isinstance(said, dict) and {"run_id", "check", "verdict"} <= said.keys() else None


def _ends_whole(path: Path) -> bool:
    with path.open("rb") as file:
        if file.seek(0, os.SEEK_END) == 0:
            return True
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"


def _halve(path: Path) -> None:
    lines = path.read_bytes().splitlines(keepends=True)
    aside = path.with_suffix(".tmp")
    aside.write_bytes(b"".join(lines[len(lines) // 2 :]))
    os.replace(aside, path)
