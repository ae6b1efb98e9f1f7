"""Measurements kept in a JSON file, and whether new ones are worse than their noise explains."""

import dataclasses
import json
from decimal import Decimal
from pathlib import Path
from statistics import median

from benchmarks.bench import Bench
from benchmarks.measure import Measurement

# Of a ratio of processor times: the same short runs took 0.9 and 2.0 s on two cores without and with other work.
LEAST_NOISE = 1.0
# Seconds of processor time: of a run that takes less, which is imports, a second more says nothing; it has a target.
LEAST_SECONDS = 5
# The first run of a workspace reads the project where no other one of this user has: what it takes depends on that.
UNJUDGED = ("cold", "plain")


def record(path: Path, benches: list[Bench]) -> list[Bench]:
    """Put the measurements into the file, in the place of older ones of the same company; returns all of the file."""
    kept = {found.name: found for found in (load(path) if path.exists() else [])}
    kept |= {found.name: found for found in benches}
    path.write_text(json.dumps([dataclasses.asdict(found) for found in kept.values()], default=str, indent=1) + "\n")
    return list(kept.values())


def load(path: Path) -> list[Bench]:
    """The measurements of the file."""
    return [
        Bench(
            found["name"],
            found["bytes"],
            {kind: [Measurement(**run) for run in runs] for kind, runs in found["runs"].items()},
            found["steps"],
            {name: Decimal(value) for name, value in found["totals"].items()},
            found["differences"],
        )
        for found in json.loads(path.read_text())
    ]


def ratios(found: Bench, kind: str) -> list[float]:
    """Processor time of each run of that kind over the plain script's: it hardly depends on what else is running."""
    plain = median(run.cpu_seconds for run in found.runs["plain"])
    return [run.cpu_seconds / plain for run in found.runs[kind]]


def check(benches: list[Bench], before: list[Bench]) -> list[str]:
    """One line for each kind of run whose ratio to the plain script got worse by more than the noise of both.

    Raises:
        KeyError: nothing is recorded of a company.
    """
    known = {found.name: found for found in before}
    worse = []
    for found in benches:
        for kind, runs in found.runs.items():
            if kind in UNJUDGED or median(run.cpu_seconds for run in runs) < LEAST_SECONDS:
                continue
            old, new = (sorted(ratios(one, kind)) for one in (known[found.name], found))
            spread = max((one[-1] - one[0]) / median(one) for one in (old, new))
            limit = median(old) * (1 + max(LEAST_NOISE, spread))
            if median(new) > limit:
                worse.append(
                    f"{found.name}, {kind}: {median(new):.1f} times the plain script's processor time; "
                    f"recorded {median(old):.1f}, tolerated {limit:.1f}"
                )
    return worse
