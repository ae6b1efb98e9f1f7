"""Whole runs against one plain DuckDB script on made-up companies: times, memory, and whether the figures agree.

Companies are acme (three small files), demo:SCALE and large:SCALE.
"""

import argparse
import os
import platform
import sys
import tempfile
from pathlib import Path

from benchmarks.bench import KINDS, bench
from benchmarks.picture import draw
from benchmarks.recorded import check, load, record
from benchmarks.report import tables
from benchmarks.subjects import subject

DEFAULT = ["acme", "demo:1", "demo:20", "large:0.02"]
COMPACT = ["large:0.002"]
RECORDED = Path(__file__).with_name("recorded.json")


def main() -> int:
    """Exit code 0; 1 where run and plain script give different figures, or a ratio got worse than the recorded one."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("companies", nargs="*", default=DEFAULT, help=f"companies (default {' '.join(DEFAULT)})")
    parser.add_argument("--rounds", type=int, help="runs of each kind and company (default 3, with --check 1)")
    parser.add_argument("--folder", type=Path, help="where to work; kept afterwards (default: a temporary folder)")
    parser.add_argument("--kinds", nargs="+", choices=KINDS, help="kinds of runs beside cold and plain (default all)")
    parser.add_argument("--results", type=Path, help="JSON file: measurements are added, those of a company replaced")
    parser.add_argument("--picture", type=Path, help="SVG of cost against size, from all of --results")
    parser.add_argument("--check", action="store_true", help=f"compare {' '.join(COMPACT)} with {RECORDED.name}")
    parser.add_argument("--record", action="store_true", help=f"write {RECORDED.name} again from {' '.join(COMPACT)}")
    options = parser.parse_args()
    names = COMPACT if options.check or options.record else options.companies
    rounds = options.rounds or (1 if options.check else 3)
    recorded = load(RECORDED) if options.check else []
    # a full rebuild costs nearly what the first run does
    kinds = options.kinds or [kind for kind in KINDS if kind != "full rebuild" or not options.check]
    with tempfile.TemporaryDirectory(prefix="funnelmart-bench-") as temporary:
        folder = options.folder.resolve() if options.folder else Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        benches = [
            bench(subject(name), rounds, folder, lambda line: print(line, file=sys.stderr), kinds) for name in names
        ]
    if options.results:
        benches = record(options.results, benches)
    print(f"{os.cpu_count()} cores, Python {platform.python_version()}, median of {rounds}\n")
    print(tables(benches))
    if options.picture:
        options.picture.write_text(draw(benches), encoding="utf-8")
    if options.record:
        RECORDED.unlink(missing_ok=True)
        record(RECORDED, benches)
    worse = check(benches, recorded) if options.check else []
    print(*worse, sep="\n", file=sys.stderr)
    return 1 if worse or any(found.differences for found in benches) else 0


if __name__ == "__main__":
    sys.exit(main())
