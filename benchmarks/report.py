"""The measurements as the Markdown tables of docs/performance.md."""

from statistics import median

from benchmarks.bench import STEPS, Bench
from benchmarks.measure import Measurement

GIB = 1024**3


def tables(benches: list[Bench]) -> str:
    """Times, ratio and memory; then where the time goes; medians over the pairs."""
    lines = [
        "| scale | leads | files | cold run | warm run | plain DuckDB | cold / plain | peak memory: run | plain |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for found in benches:
        cold, warm, plain = _seconds(found.cold), _seconds(found.warm), _seconds(found.plain)
        cells = [f"{found.scale:g}", f"{found.totals['leads']:,.0f}", f"{found.bytes / 1e6:,.0f} MB"]
        cells += [f"{cold:.1f} s", f"{warm:.1f} s", f"{plain:.1f} s", f"{cold / plain:.1f}"]
        cells += [f"{_memory(found.cold):.2f} GiB", f"{_memory(found.plain):.2f} GiB"]
        lines.append(f"| {' | '.join(cells)} |")
    lines += ["", f"| scale | run | {' | '.join(STEPS)} |", "|---" * (len(STEPS) + 2) + "|"]
    for found in benches:
        for name, steps in (("cold", found.cold_steps), ("warm", found.warm_steps)):
            shares = [f"{median(run.get(step, 0.0) for run in steps):.1f} s" for step in STEPS]
            lines.append(f"| {found.scale:g} | {name} | {' | '.join(shares)} |")
    lines += [
        "",
        "| scale | leads | won deals | revenue | ad spend | run and plain script |",
        "|---|---|---|---|---|---|",
    ]
    for found in benches:
        figures = [f"{found.totals[kpi]:,.0f}" for kpi in ("leads", "won_deals")]
        figures += [f"{found.totals[kpi]:,.2f}" for kpi in ("revenue", "ad_spend")]
        lines.append(f"| {found.scale:g} | {' | '.join(figures)} | {'; '.join(found.differences) or 'agree'} |")
    return "\n".join(lines)


def _seconds(runs: list[Measurement]) -> float:
    return median(run.seconds for run in runs)


def _memory(runs: list[Measurement]) -> float:
    return max(run.peak_bytes for run in runs) / GIB
