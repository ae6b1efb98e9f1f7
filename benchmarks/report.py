"""The measurements as the Markdown tables of docs/performance.md."""

from statistics import median

from benchmarks.bench import KINDS, STEPS, Bench
from benchmarks.targets import GIB, verdicts


def tables(benches: list[Bench]) -> str:
    """Times, memory and ratio; what is met; where the time goes; the figures. Medians over the rounds."""
    return "\n\n".join("\n".join(part(benches)) for part in (_times, _targets, _shares, _figures))


def _times(benches: list[Bench]) -> list[str]:
    lines = [
        "| company | files | | wall time | processor time | peak memory | wall / plain | processor / plain |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for found in benches:
        about = [found.name, f"{found.bytes / 1e6:,.1f} MB"]
        plain = found.runs.get("plain", [])
        for kind in [kind for kind in KINDS if kind in found.runs]:
            runs = found.runs[kind]
            wall, cpu = median(run.seconds for run in runs), median(run.cpu_seconds for run in runs)
            ratios = ["–", "–"]
            if plain:
                ratios = [
                    f"{wall / median(run.seconds for run in plain):.1f}",
                    f"{cpu / median(run.cpu_seconds for run in plain):.1f}",
                ]
            memory = max(run.peak_bytes for run in runs) / GIB
            lines.append(_row(*about, kind, f"{wall:.1f} s", f"{cpu:.1f} s", f"{memory:.2f} GiB", *ratios))
            about = ["", ""]
    return lines


def _targets(benches: list[Bench]) -> list[str]:
    lines = ["| company | | at most | measured | |", "|---|---|---|---|---|"]
    for found in benches:
        for target, value, is_met in verdicts(found):
            said = f"{target.most:g} {target.unit}"
            lines.append(_row(found.name, target.kind, said, f"{value:.2f}", "met" if is_met else "**not met**"))
    return lines


def _shares(benches: list[Bench]) -> list[str]:
    lines = [f"| company | run | {' | '.join(STEPS)} |", "|---" * (len(STEPS) + 2) + "|"]
    for found in benches:
        for kind, steps in found.steps.items():
            lines.append(_row(found.name, kind, *(f"{median(run.get(s, 0.0) for run in steps):.1f} s" for s in STEPS)))
    return lines


def _figures(benches: list[Bench]) -> list[str]:
    lines = ["| company | figures | run and plain script |", "|---|---|---|"]
    for found in benches:
        if found.totals:
            said = ", ".join(f"{name.replace('_', ' ')} {value:,.2f}" for name, value in found.totals.items())
            lines.append(_row(found.name, said.replace(".00", ""), "; ".join(found.differences) or "agree"))
    return lines


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"
