"""SIGKILL at every step: the published mart is the old one and opens, and the next run needs no manual work.

Each killed run starts on what the one before left, so that every step is also passed right after a kill.
"""

import re
from decimal import Decimal
from pathlib import Path

import pytest

from tests.end_to_end.command import MARCH, funnelmart, published, run_and_kill
from tests.minimal_workspace import DEALS

MOMENTS = {
    "landing": r"^start +landing +extract_sheets",
    "dbt": r"[5-9] of \d+ START",
    "checks": r"^checks: leads",
    "publish": r"^publish: building",  # the swap itself is one rename: a kill that late may come after it
}


@pytest.mark.parametrize("moment", MOMENTS)
def test_killed_run_leaves_the_published_mart_as_it_was(workspace: Path, moment: str) -> None:
    deals = workspace / "extracts" / "deals.csv"
    deals.write_text(DEALS.replace("1200.00", f"{1300 + len(moment)}.00"))  # something to land each time
    before = (workspace / "published" / "funnelmart.duckdb").read_bytes()

    run_and_kill(workspace, lambda line: re.search(MOMENTS[moment], line) is not None)

    assert (workspace / "published" / "funnelmart.duckdb").read_bytes() == before
    assert published(workspace, MARCH) == [(2, 1, Decimal("1200.00"), Decimal("100.00"))]


def test_the_next_run_succeeds_and_buries_the_dead_ones(workspace: Path) -> None:
    (workspace / "extracts" / "deals.csv").write_text(DEALS.replace("1200.00", "1500.00"))

    result = funnelmart("run", workspace=workspace)

    assert result.returncode == 0, result.stdout + result.stderr
    assert published(workspace, MARCH) == [(2, 1, Decimal("1500.00"), Decimal("100.00"))]
    assert not list((workspace / "published").glob(".mart-*"))
    assert not list((workspace / ".funnelmart" / "runs").glob("*.lock"))
