"""Whatever came before, raw is what its extracts say, landed once, one after the other, into an empty warehouse.

Models are built from raw anew by each run: so a run after any history publishes what `run --full` would.
"""

import os
import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from orchestration.warehouse import open_warehouse
from tests.orchestration.extracts.conftest import Workspace, stats

HEADER = "account,date,campaign,spend,_synced\n"
KEPT = "select account, date, campaign, spend, _synced from raw_ads.stats order by all"
HISTORIES = int(os.environ.get("FUNNELMART_HISTORIES", "1"))  # of each kind; `make histories` takes more
STEPS = 6


@pytest.mark.parametrize("seed", range(HISTORIES))
@pytest.mark.parametrize(
    ("replace_by", "newest_by"), [("key", None), ("key", "_synced"), (("account", "date"), None), ("file", None)]
)
def test_any_history_is_the_same_extracts_landed_once(
    tmp_path: Path, replace_by: Any, newest_by: str | None, seed: int
) -> None:
    dice = random.Random(f"{replace_by} {newest_by} {seed}")
    table = stats(replace_by=replace_by, newest_by=newest_by)
    said: list[tuple[str, str]] = []
    with land_in(tmp_path / "history") as history:
        for _ in range(STEPS):
            change(history, dice, said)
            again = dice.choice(["", *(name for name, _ in said)])
            history.land_table(table, reload=lambda name, again=again: name == again)  # type: ignore[misc]
        expected = history.rows(KEPT)
    with land_in(tmp_path / "once") as once:
        for number, (name, content) in enumerate(said):
            if replace_by != "file":
                once.write(f"extracts/ads/stats_{number:03}.csv", content)
            elif name not in {later for later, _ in said[number + 1 :]}:
                once.write(f"extracts/ads/{name}", content)
        once.land_table(table)
        assert once.rows(KEPT) == expected


def change(workspace: Workspace, dice: random.Random, said: list[tuple[str, str]]) -> None:
    """An extract arrives, is restated under its name, or goes; `said` are all that ever were, the oldest first."""
    there = sorted(path.name for path in (workspace.path / "extracts/ads").glob("*.csv"))
    what = dice.choice(["arrives", "arrives", "restated", "restated", "goes"])
    if what == "goes" and len(there) > 1:
        (workspace.path / "extracts/ads" / dice.choice(there)).unlink()
        return
    gone = {name for name, _ in said}
    name = dice.choice(there) if what == "restated" and there else f"stats_{len(gone):03}.csv"
    content = HEADER + "".join(row(dice) for _ in range(dice.randint(1, 5)))
    workspace.write(f"extracts/ads/{name}", content)
    said.append((name, content))


def row(dice: random.Random) -> str:
    key = f"{dice.choice('AB')},2024-01-0{dice.randint(1, 3)},{dice.choice('xy')}"
    return f"{key},{dice.randint(1, 99)},2024-02-0{dice.randint(1, 9)} 00:00:00\n"


@contextmanager
def land_in(path: Path) -> Iterator[Workspace]:
    path.mkdir()
    with open_warehouse(path / "warehouse.duckdb") as connection:
        yield Workspace(path, connection)
