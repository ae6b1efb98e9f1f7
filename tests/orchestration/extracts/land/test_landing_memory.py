"""Files are landed in little memory; one that needs more is read again in all that is allowed, in its place."""

from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration.extracts.land import reading
from orchestration.extracts.land.landing_memory import landing_config
from orchestration.settings import Engine, Settings
from orchestration.warehouse import open_warehouse
from tests.orchestration.extracts.conftest import Workspace

SHEET = {"files": "extracts/leads_*.csv", "fields": {"lead_id": "id", "created_at": "created"}, "key": ["lead_id"]}


@pytest.mark.parametrize(("engine", "limit"), [(Engine(), "1500MB"), (Engine(memory_limit="8GB"), "8GB")])
def test_what_the_workspace_says_counts(tmp_path: Path, engine: Engine, limit: str) -> None:
    settings = Settings(workspace=tmp_path, company="Acme", engine=engine)
    assert landing_config(settings)["memory_limit"] == limit


def test_a_file_that_needs_more_is_read_again_before_those_after_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Later loads win, so it must not come after them."""
    read_rows = reading.read_rows

    def hungry(connection: duckdb.DuckDBPyConnection, *others: Any) -> Any:
        (limit,) = connection.execute("select current_setting('memory_limit')").fetchall()[0]
        if others[1].name == "extracts/leads_1.csv" and limit != "3.7 GiB":
            raise duckdb.OutOfMemoryException("Out of Memory Error: failed to pin block")
        return read_rows(connection, *others)

    monkeypatch.setattr(reading, "read_rows", hungry)
    settings = Settings(workspace=tmp_path, company="Acme")
    with open_warehouse(tmp_path / "warehouse.duckdb", config=landing_config(settings)) as connection:
        workspace = Workspace(tmp_path, connection)
        for number in (1, 2):
            workspace.write(f"extracts/leads_{number}.csv", f"id,created\n1,2024-05-0{number}\n")
        result = workspace.land("leads", SHEET)

        assert (result.loaded, result.refused) == (["extracts/leads_1.csv", "extracts/leads_2.csv"], {})
        loads = workspace.rows("select _load_id, created_at from raw_sheets.leads order by all")
        assert loads == [(1, "2024-05-01"), (2, "2024-05-02")]


def test_one_that_needs_more_than_is_allowed_is_refused(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def hungry(*_: Any) -> Any:
        raise duckdb.OutOfMemoryException("Out of Memory Error: failed to pin block")

    monkeypatch.setattr(reading, "read_rows", hungry)
    workspace.write("extracts/leads_1.csv", "id,created\n1,2024-05-01\n")
    (reason,) = workspace.land("leads", SHEET).refused.values()
    assert reason.startswith("needs more memory than engine.memory_limit in funnelmart.yml allows")
