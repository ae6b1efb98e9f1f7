"""Every command of README and docs is run, in order, in a copy of the checkout, as a reader would do it.

Left out: what says why in a comment above it (`<!-- not run: reason -->`), and what `ELSEWHERE` and
`PAGES_ELSEWHERE` name.
"""

import os
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from tests.docs.pages import PAGES, ROOT, blocks
from tests.end_to_end.command import published

ELSEWHERE = {
    "make test": "CI runs it",
    "make ui": "tests/end_to_end/test_dagster_ui.py",
    ".venv/bin/funnelmart ui": "tests/end_to_end/test_dagster_ui.py",
    "make lint": "CI runs it beside the tests",
    "make bench": "tests/benchmarks",
    "make bench-check": "tests/benchmarks",
    "make superset": "make test-bi",
}
SHELLS = ("sh", "bash", "console")
PAGES_ELSEWHERE = {"bi.md": "tests/examples, on a mart that is published as Parquet, too"}

# the pages build on one another: the README's company, the tutorial's shop, the demo
pytestmark = pytest.mark.skipif(
    not os.environ.get("FUNNELMART_DOCS"), reason="make test-docs does it: ten whole runs take some minutes"
)


@pytest.fixture(scope="session")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the checkout whose .venv is the environment of this test, so that `make` has nothing to install."""
    copy = tmp_path_factory.mktemp("docs") / "funnelmart"
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).exists():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, copy / name)
    binaries = copy / ".venv" / "bin"
    binaries.mkdir(parents=True)
    for path in Path(sys.executable).parent.iterdir():
        (binaries / path.name).symlink_to(path)
    for name, module in (("python", ""), ("python3", ""), ("funnelmart", " -m orchestration.cli")):
        (binaries / name).unlink(missing_ok=True)
        (binaries / name).write_text(f'#!/bin/sh\nexec "{sys.executable}"{module} "$@"\n')
        (binaries / name).chmod(0o755)
    (copy / ".venv" / "installed").touch()
    return copy


def environment(checkout: Path) -> dict[str, str]:
    """The reader's environment; a small demo is the same code as a large one."""
    dropped = ("FUNNELMART_", "DAGSTER_", "PYTEST_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(dropped)}
    path = f"{checkout / '.venv' / 'bin'}{os.pathsep}{kept['PATH']}"
    return {**kept, "PATH": path, "PYTHONPATH": str(checkout), "FUNNELMART_DEMO_SCALE": "0.1", "NO_COLOR": "1"}


def execute(checkout: Path, command: list[str]) -> None:
    done = subprocess.run(command, cwd=checkout, env=environment(checkout), capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command[-1]}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"


def run_page(page: Path, checkout: Path) -> int:
    """Run what a page tells the reader to run; returns how many blocks there were."""
    count = 0
    for block in blocks(page):
        if block.file:
            (checkout / block.file).write_text(block.text)
        elif block.reason:
            continue
        elif block.language in SHELLS:
            lines = [line for line in block.text.splitlines() if not line.strip().startswith(tuple(ELSEWHERE))]
            execute(checkout, ["bash", "-euo", "pipefail", "-c", "\n".join(lines)])
            count += 1
        elif block.language == "python":
            execute(checkout, [sys.executable, "-c", block.text])
            count += 1
    return count


def test_readme(checkout: Path) -> None:
    assert run_page(ROOT / "README.md", checkout) >= 5
    assert (checkout / "demo" / "published" / "funnelmart.duckdb").exists()
    assert published(checkout / "acme", "select count(*) from fct_leads") == [(91,)]


def test_the_tutorial_gives_the_figures_that_it_promises(checkout: Path) -> None:
    run_page(ROOT / "docs" / "tutorial.md", checkout)

    query = """select period_start::varchar, leads, won_deals, revenue, ad_spend from kpi_total
               where grain = 'month' order by 1"""
    assert published(checkout / "shop", query) == [
        ("2025-02-01", 3, 2, Decimal("2000.00"), Decimal("160.00")),
        ("2025-03-01", 5, 3, Decimal("4200.00"), Decimal("240.00")),
    ]
    assert published(checkout / "shop", "select * from _meta.quarantine") == []


@pytest.mark.parametrize(
    "page", [page for page in PAGES[2:] if page.name not in PAGES_ELSEWHERE], ids=lambda page: page.name
)
def test_the_other_pages(checkout: Path, page: Path) -> None:
    run_page(page, checkout)
