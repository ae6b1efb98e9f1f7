"""One writer at a time, and a lock that no dead process can hold."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from orchestration.errors import FunnelmartError, WorkspaceLockedError
from orchestration.settings import Engine, Settings
from orchestration.warehouse import empty_temporary, engine_config, open_warehouse, workspace_lock

ROOT = Path(__file__).resolve().parents[2]
HOLDER = """
import sys, time
from pathlib import Path
from orchestration.settings import Settings
from orchestration.warehouse import open_warehouse, workspace_lock
settings = Settings(workspace=Path(sys.argv[1]), company="Acme")
with workspace_lock(settings), open_warehouse(settings.warehouse_path):
    print("holding", flush=True)
    sys.stdin.read()
"""


def test_times_are_utc(tmp_path: Path) -> None:
    with open_warehouse(tmp_path / "w.duckdb") as connection:
        assert connection.execute("select current_setting('TimeZone')").fetchone() == ("UTC",)


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    path.write_text("no database" * 1000)
    with pytest.raises(FunnelmartError, match=r"w\.duckdb: cannot be opened"), open_warehouse(path):
        pass


def test_what_does_not_fit_into_the_memory_limit_is_spilt_into_the_workspace(tmp_path: Path) -> None:
    settings = Settings(workspace=tmp_path, company="Acme", engine=Engine(memory_limit="60MB", threads=1))
    with (
        empty_temporary(settings),
        open_warehouse(settings.warehouse_path, config=engine_config(settings, "landing")) as connection,
    ):
        rows = connection.execute("select hash(range) as h, repeat('x', 50) from range(2000000) order by h")
        assert rows.fetchone() is not None
        assert [path.parent.name for path in settings.temporary_path.glob("*/*")] != []
    assert not settings.temporary_path.exists()


def test_what_a_killed_run_left_is_removed_by_the_next(tmp_path: Path) -> None:
    settings = Settings(workspace=tmp_path, company="Acme")
    left = settings.temporary_path / "dbt" / "duckdb_temp_storage.tmp"
    left.parent.mkdir(parents=True)
    left.write_text("spilt")
    with empty_temporary(settings):
        assert list(settings.temporary_path.iterdir()) == []


def test_the_lock_names_its_holder_and_ends_with_it(tmp_path: Path) -> None:
    settings = Settings(workspace=tmp_path, company="Acme")
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"holding\n"
    with pytest.raises(WorkspaceLockedError, match=f"process {holder.pid}"), workspace_lock(settings):
        pass
    with pytest.raises(WorkspaceLockedError, match="open in another process"), open_warehouse(settings.warehouse_path):
        pass
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    with workspace_lock(settings), open_warehouse(settings.warehouse_path) as connection:
        assert connection.execute("select 1").fetchone() == (1,)
