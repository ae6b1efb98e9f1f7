"""Alternates the plain script with runs on one workspace: cold, nothing new, one more day, all built again."""

import json
import os
import shutil
import sys
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from benchmarks.compare import differences
from benchmarks.measure import Measurement, measure
from benchmarks.subjects import Subject
from orchestration.settings import load_settings

ROOT = Path(__file__).resolve().parent.parent
WRITTEN = (
    "warehouse.duckdb", "warehouse.duckdb.wal", "published", "reports", "quarantine", "archive", ".funnelmart",
)  # fmt: skip
STEPS = ("start-up", "landing", "dbt", "checks", "publish", "reports")
SHORT = 5  # seconds: a plain script that takes less is measured three times a round, since all is divided by it
KINDS = ("cold", "nothing new", "one more day", "full rebuild", "plain")


@dataclass
class Bench:
    """What was measured of one company; runs and their steps by kind (`KINDS`)."""

    name: str
    bytes: int
    runs: dict[str, list[Measurement]] = field(default_factory=dict)
    steps: dict[str, list[dict[str, float]]] = field(default_factory=dict)
    totals: dict[str, Decimal] = field(default_factory=dict)
    differences: list[str] = field(default_factory=list)

    def note(self, kind: str, run: Measurement, steps: dict[str, float] | None = None) -> None:
        """Keep one more run of that kind."""
        self.runs.setdefault(kind, []).append(run)
        if steps is not None:
            self.steps.setdefault(kind, []).append(steps)


def bench(
    subject: Subject, pairs: int, folder: Path, say: Callable[[str], None], kinds: Collection[str] = KINDS
) -> Bench:
    """Write the company into `folder` and measure `pairs` rounds; run and plain script must agree on the figures.

    `kinds`: those of `KINDS` that are measured; cold and plain always are, without which there is nothing to compare.

    Raises:
        RuntimeError: a run failed.
    """
    place = subject.name.replace(":", "_")
    workspace, database = folder / place, folder / f"{place}_plain.duckdb"
    say(f"{subject.name}: generating")
    subject.write(workspace)
    extracts = workspace / "extracts"
    found = Bench(subject.name, sum(path.stat().st_size for path in extracts.rglob("*") if path.is_file()))
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}

    def run(kind: str, *options: str) -> None:
        command = [sys.executable, "-m", "orchestration.cli", "run", *options, "-w", str(workspace)]
        found.note(kind, measure(command, ROOT, folder / "run.log", environment), _steps(workspace))

    def compare(times: int = 1) -> None:
        if plain := subject.plain_command(workspace, database):
            for _ in range(times):
                found.note("plain", measure(plain, ROOT, folder / "plain.log", environment))

    for number in range(1, pairs + 1):
        for name in WRITTEN:
            _remove(workspace / name)
        run("cold")
        if number == 1 and subject.mart_figures:
            found.totals = subject.mart_figures(load_settings(workspace).published_path)
        compare()
        if "nothing new" in kinds:
            run("nothing new")
        if subject.next_day and "one more day" in kinds:
            new = workspace / "next_day"
            added = [extracts / path.relative_to(new) for path in new.rglob("*") if path.is_file()]
            shutil.copytree(new, extracts, dirs_exist_ok=True)
            run("one more day")
            for path in added:
                path.unlink()
        if "full rebuild" in kinds:
            run("full rebuild", "--full")
        if "plain" in found.runs and found.runs["plain"][-1].cpu_seconds < SHORT:
            compare(times=2)
        last = ", ".join(f"{kind} {r[-1].seconds:.1f} s ({r[-1].cpu_seconds:.1f})" for kind, r in found.runs.items())
        say(f"{subject.name}, round {number}, wall (processor): {last}")
    if subject.plain_figures:
        found.differences = differences(found.totals, subject.plain_figures(database))
    return found


def _steps(workspace: Path) -> dict[str, float]:
    """Seconds of each step as the run itself took them."""
    path = workspace / ".funnelmart" / "last_run.json"
    steps: dict[str, float] = json.loads(path.read_text())["steps"]
    return steps


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
