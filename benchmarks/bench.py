"""Alternates the whole run (cold, then warm) with the plain script on one generated workspace."""

import json
import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from benchmarks.compare import differences, totals
from benchmarks.measure import Measurement, measure
from demo.generate import generate

ROOT = Path(__file__).resolve().parent.parent
WRITTEN = ("warehouse.duckdb", "warehouse.duckdb.wal", "published", "reports", "quarantine", ".funnelmart")
STEPS = ("start-up", "landing", "dbt", "checks", "publish", "reports")


@dataclass
class Bench:
    """What was measured at one scale."""

    scale: float
    bytes: int
    cold: list[Measurement] = field(default_factory=list)
    warm: list[Measurement] = field(default_factory=list)
    plain: list[Measurement] = field(default_factory=list)
    cold_steps: list[dict[str, float]] = field(default_factory=list)
    warm_steps: list[dict[str, float]] = field(default_factory=list)
    totals: dict[str, Decimal] = field(default_factory=dict)
    differences: list[str] = field(default_factory=list)


def bench(scale: float, pairs: int, folder: Path, say: Callable[[str], None]) -> Bench:
    """Generate the demo at this scale into `folder` and measure `pairs` of runs; the figures must agree.

    Raises:
        RuntimeError: a run failed.
    """
    workspace, output = folder / f"scale_{scale:g}", folder / f"plain_{scale:g}.duckdb"
    say(f"scale {scale:g}: generating")
    report = generate(workspace, scale)
    found = Bench(scale, report.bytes)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    run = [sys.executable, "-m", "orchestration.cli", "run", "-w", str(workspace)]
    plain = [sys.executable, "-m", "benchmarks.plain", str(workspace), str(output)]
    for pair in range(1, pairs + 1):
        for name in WRITTEN:
            _remove(workspace / name)
        found.cold.append(measure(run, ROOT, folder / "run.log", environment))
        found.cold_steps.append(_steps(workspace))
        found.plain.append(measure(plain, ROOT, folder / "plain.log", environment))
        found.warm.append(measure(run, ROOT, folder / "run.log", environment))
        found.warm_steps.append(_steps(workspace))
        cold, warm, yardstick = (runs[-1].seconds for runs in (found.cold, found.warm, found.plain))
        say(f"scale {scale:g}, pair {pair}: cold {cold:.1f} s, warm {warm:.1f} s, plain {yardstick:.1f} s")
    found.totals = totals(output, "main")
    found.differences = differences(totals(workspace / "published" / "funnelmart.duckdb", "mart"), found.totals)
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
