"""What a run is to cost at most: seconds of wall time, ratios to the plain script or to the cold run, GiB of memory."""

from dataclasses import dataclass
from statistics import median

from benchmarks.bench import Bench

GIB = 1024**3


@dataclass(frozen=True)
class Target:
    """At most `most` of `unit`: seconds, `times plain`, `of cold` (both of wall time) or `GiB` at the peak."""

    kind: str
    unit: str
    most: float


TARGETS: dict[str, tuple[Target, ...]] = {
    "acme": (
        Target("cold", "seconds", 15), Target("nothing new", "seconds", 3), Target("one more day", "seconds", 12),
        Target("cold", "GiB", 0.8),
    ),
    "demo:1": (
        Target("cold", "seconds", 30), Target("nothing new", "seconds", 4), Target("one more day", "of cold", 0.6),
        Target("cold", "GiB", 1),
    ),
    "large:0.02": (
        Target("cold", "times plain", 6), Target("nothing new", "seconds", 4), Target("one more day", "of cold", 0.4),
        Target("cold", "GiB", 1),
    ),
    "large:0.2": (
        Target("cold", "times plain", 2.5), Target("nothing new", "seconds", 5),
        Target("one more day", "of cold", 0.2), Target("cold", "GiB", 2.5),
    ),
    "large:1": (
        Target("cold", "times plain", 1.8), Target("nothing new", "seconds", 8),
        Target("one more day", "of cold", 0.15), Target("cold", "GiB", 4.5),
    ),
}  # fmt: skip


def reached(found: Bench, target: Target) -> float | None:
    """What was measured of it; None where it was not."""
    runs = found.runs.get(target.kind)
    base = found.runs.get({"times plain": "plain", "of cold": "cold"}.get(target.unit, target.kind))
    if not runs or not base:
        return None
    if target.unit == "GiB":
        return max(run.peak_bytes for run in runs) / GIB
    wall = median(run.seconds for run in runs)
    return wall if target.unit == "seconds" else wall / median(run.seconds for run in base)


def verdicts(found: Bench) -> list[tuple[Target, float, bool]]:
    """Each target of the company with what was measured, and whether it is met."""
    measured = [(target, reached(found, target)) for target in TARGETS.get(found.name, ())]
    return [(target, value, value <= target.most) for target, value in measured if value is not None]
