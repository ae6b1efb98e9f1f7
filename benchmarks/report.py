"""The measurements as the Markdown tables of docs/performance.md."""

from statistics import median

from benchmarks.bench import STEPS, Bench

GIB = 1024**3


def tables(benches: list[Bench]) -> str:
    """Times, memory and ratio; then where the time goes; medians over the pairs."""
    lines = [
        "| scale | leads | files | | wall time | processor time | peak memory | wall time / plain |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for found in benches:
        about = [f"{found.scale:g}", f"{found.totals['leads']:,.0f}", f"{found.bytes / 1e6:,.0f} MB"]
        plain = median(run.seconds for run in found.plain)
        for name, runs in (("cold run", found.cold), ("warm run", found.warm), ("plain DuckDB", found.plain)):
            wall, cpu = median(run.seconds for run in runs), median(run.cpu_seconds for run in runs)
            memory = max(run.peak_bytes for run in runs) / GIB
            cells = [*about, name, f"{wall:.1f} s", f"{cpu:.1f} s", f"{memory:.2f} GiB", f"{wall / plain:.1f}"]
            lines.append(f"| {' | '.join(cells)} |")
            about = ["", "", ""]
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
