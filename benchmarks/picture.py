"""Cost against size as an SVG: processor time of the large company's runs, both axes logarithmic."""

import math
from statistics import median

from benchmarks.bench import KINDS, Bench

WIDTH, HEIGHT, LEFT, TOP, BOTTOM, RIGHT = 720, 420, 64, 28, 52, 150
LINE = 14  # between two lines of text
COLOURS = {
    "cold": "#1f5fa8", "one more day": "#c4622d", "full rebuild": "#6a9a3b", "nothing new": "#8a8a8a",
    "plain": "#222222",
}  # fmt: skip


def draw(benches: list[Bench]) -> str:
    """The picture of all companies `large:SCALE` among the measurements."""
    large = sorted((float(b.name.partition(":")[2]), b) for b in benches if b.name.startswith("large:"))
    points = {
        kind: [
            (scale, median(run.cpu_seconds for run in found.runs[kind])) for scale, found in large if kind in found.runs
        ]
        for kind in KINDS
    }
    values = [seconds for line in points.values() for _, seconds in line]
    low, high = 10 ** math.floor(math.log10(min(values))), 10 ** math.ceil(math.log10(max(values)))
    first, last = large[0][0], max(large[-1][0], large[0][0] * 10)

    def x(scale: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * math.log(scale / first) / math.log(last / first)

    def y(seconds: float) -> float:
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * math.log(seconds / low) / math.log(high / low)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" '
        'font-size="12" role="img">',
        "<title>Processor time of runs against the size of the large company</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
        f'<text x="{LEFT}" y="16">processor time in seconds</text>',
        f'<text x="{(WIDTH - RIGHT) / 2}" y="{HEIGHT - 10}">scale of the large company (1: 5 GB of CSV)</text>',
    ]
    tick = low
    while tick <= high:
        parts.append(f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y(tick):.1f}" y2="{y(tick):.1f}" stroke="#ddd"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y(tick) + 4:.1f}" text-anchor="end">{tick:g}</text>')
        tick *= 10
    for scale, _ in large:
        parts.append(f'<text x="{x(scale):.1f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{scale:g}</text>')
    drawn = {kind: line for kind, line in points.items() if line}
    names = _apart({kind: y(line[-1][1]) for kind, line in drawn.items()})
    for kind, line in drawn.items():
        path = " ".join(f"{x(scale):.1f},{y(seconds):.1f}" for scale, seconds in line)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{COLOURS[kind]}" stroke-width="2"/>')
        parts += [f'<circle cx="{x(s):.1f}" cy="{y(v):.1f}" r="3" fill="{COLOURS[kind]}"/>' for s, v in line]
        parts.append(
            f'<text x="{x(line[-1][0]) + 8:.1f}" y="{names[kind] + 4:.1f}" fill="{COLOURS[kind]}">{kind}</text>'
        )
    return "\n".join([*parts, "</svg>"]) + "\n"


def _apart(heights: dict[str, float]) -> dict[str, float]:
    """Heights of names, each at least a line below the one above it."""
    placed: dict[str, float] = {}
    for kind, height in sorted(heights.items(), key=lambda item: item[1]):
        placed[kind] = max([height, *(above + LINE for above in placed.values())])
    return placed
