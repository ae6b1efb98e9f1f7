"""The whole run against one plain DuckDB script on the generated demo: times, memory, and whether the figures agree."""

import argparse
import os
import platform
import sys
import tempfile
from pathlib import Path

from benchmarks.bench import bench
from benchmarks.report import tables


def main() -> int:
    """Exit code 0; 1 where the run and the plain script give different figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "--scales", type=float, nargs="+", default=[1.0, 20.0], help="scales of the demo (default 1 20)"
    )
    parser.add_argument("--pairs", type=int, default=3, help="runs of each kind and scale (default 3)")
    parser.add_argument("--folder", type=Path, help="where to work; kept afterwards (default: a temporary folder)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="funnelmart-bench-") as temporary:
        folder = options.folder.resolve() if options.folder else Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        benches = [
            bench(scale, options.pairs, folder, lambda line: print(line, file=sys.stderr)) for scale in options.scales
        ]
    print(f"{os.cpu_count()} cores, Python {platform.python_version()}, median of {options.pairs}\n")
    print(tables(benches))
    return 1 if any(found.differences for found in benches) else 0


if __name__ == "__main__":
    sys.exit(main())
