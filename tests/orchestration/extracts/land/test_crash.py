"""A crash at any point of landing leaves all of a file or nothing of it, and the next run finishes the work."""

from pathlib import Path

import duckdb
import pytest

from orchestration.extracts.land import land_file as module
from orchestration.warehouse import open_warehouse
from tests.orchestration.extracts.conftest import Workspace, stats
from tests.orchestration.extracts.land.killed import kill_at

ROW = "A,2024-01-01,x,1\n"
STEPS = ["add_columns", "replace_rows", "insert_rows", "move_to_replaced", "record_load"]


@pytest.mark.parametrize("step", STEPS)
def test_an_exception_at_any_step_leaves_the_tables_as_they_were(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    workspace.write("extracts/ads/stats.csv", "account,date,campaign,spend\n" + ROW)
    workspace.land_table(stats())
    before = workspace.rows("select * from raw_ads.stats"), workspace.rows("select * from landing.files")
    workspace.write("extracts/ads/stats.csv", "account,date,campaign,spend,new\n" + ROW * 3)
    original = getattr(module, step)

    def crash(*arguments: object, **options: object) -> None:
        original(*arguments, **options)
        raise RuntimeError("power cut")

    with monkeypatch.context() as patch:
        patch.setattr(module, step, crash)
        assert list(workspace.land_table(stats()).refused.values()) == ["its reader failed: RuntimeError: power cut"]
    after = workspace.rows("select * from raw_ads.stats"), workspace.rows("select * from landing.files")
    assert after == before
    assert workspace.land_table(stats()).table_rows == 3


LANDING = """
from orchestration.warehouse import open_warehouse
from tests.orchestration.extracts.conftest import Workspace, stats
with open_warehouse(path / "warehouse.duckdb") as connection:
    Workspace(path, connection).land_table(stats())
"""


@pytest.mark.parametrize("step", ["insert_rows", "record_load"])
def test_a_killed_process_leaves_whole_files_only(tmp_path: Path, step: str) -> None:
    for number in (1, 2, 3):
        path = tmp_path / "extracts" / "ads" / f"stats_{number}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("account,date,campaign,spend\n" + f"A,2024-01-0{number},x,1\n" * 5)
    kill_at(step, "stats_2.csv", tmp_path, LANDING)
    with open_warehouse(tmp_path / "warehouse.duckdb") as connection:
        assert loaded(connection) == [("stats_1.csv", 5, 5)]
        Workspace(tmp_path, connection).land_table(stats())
        assert loaded(connection) == [(f"stats_{number}.csv", 5, 5) for number in (1, 2, 3)]


def loaded(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, int, int]]:
    """File, its rows by the manifest, its rows in the raw table."""
    return connection.execute("""
        select file, rows_landed, (select count(*) from raw_ads.stats where _load_id = load_id)
        from landing.files order by load_id""").fetchall()
