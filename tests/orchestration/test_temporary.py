"""Whatever a command spills lies in its workspace or among the system's temporary files, never where it was started."""

import ast
import os
import tempfile
from pathlib import Path

import duckdb
import pytest

from orchestration.errors import SettingsError
from orchestration.extracts.type.erased import Eraser
from orchestration.publish.erase import erase_published
from orchestration.settings import Engine, Settings
from orchestration.temporary import empty_temporary, in_memory, reading_config
from orchestration.views.reader import open_published

ROOT = Path(__file__).resolve().parents[2]
TOO_MUCH = "select hash(range) as h, repeat('x', 50) from range(2000000) order by h"


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A workspace with a mart, and a command that was started elsewhere."""
    settings = Settings(workspace=tmp_path / "acme", company="Acme", engine=Engine(memory_limit="60MB", threads=1))
    settings.state_path.mkdir(parents=True)
    settings.published_path.parent.mkdir()
    with duckdb.connect(str(settings.published_path)) as mart:
        mart.execute("create schema mart; create table mart.t as select 'ann@example.com' as reason")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    return settings


def test_a_reader_spills_into_the_workspace(settings: Settings) -> None:
    with open_published(settings) as mart:
        assert mart.execute(TOO_MUCH).fetchone() is not None
        assert len(list(settings.state_path.glob(f"reading-{os.getpid()}-*/spilt/*"))) > 0
        assert list(Path.cwd().iterdir()) == []
    assert list(settings.state_path.iterdir()) == []


def test_too_little_memory_to_read_is_a_mistake_of_the_settings(settings: Settings) -> None:
    settings = settings.model_copy(update={"engine": Engine(memory_limit="1MB", threads=1)})
    with pytest.raises(SettingsError, match=r"memory_limit: 1MB is too little"), open_published(settings) as mart:
        mart.execute("select list(range) from range(10000000)")


def test_who_may_not_write_there_spills_among_the_temporary_files(settings: Settings) -> None:
    settings.state_path.rmdir()
    with reading_config(settings) as config:
        folder = Path(str(config["temp_directory"]))
        assert folder.parent == Path(tempfile.gettempdir())
        assert config["memory_limit"] == "60MB"
    assert not folder.exists()


def test_what_a_killed_reader_left_is_removed_by_the_next_run(settings: Settings) -> None:
    """Whoever holds the lock of a folder works in it, whatever number its process has where this one looks."""
    left = settings.state_path / "reading-1-left"
    left.mkdir()
    (left / "lock").touch()
    with reading_config(settings) as one, reading_config(settings) as other, empty_temporary(settings):
        at_work = {Path(str(config["temp_directory"])).parent for config in (one, other)}
        assert set(settings.state_path.glob("reading-*")) == at_work
        assert len(at_work) == 2
    assert list(settings.state_path.glob("reading-*")) == []


def test_a_file_is_looked_at_beside_what_was_unpacked_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    with in_memory(tmp_path) as connection:
        connection.execute("set memory_limit = '60MB'; set threads = 1")
        assert connection.execute(TOO_MUCH).fetchone() is not None
        assert len(list((tmp_path / "spilt").iterdir())) > 0
    assert list(Path.cwd().iterdir()) == []


def test_nobody_who_is_forgotten_is_spilt_elsewhere(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = []
    connect = duckdb.connect

    def noting(database: str = ":memory:", read_only: bool = False, config: dict | None = None) -> object:
        opened.append((config or {}).get("temp_directory"))
        return connect(database, read_only, config or {})

    monkeypatch.setattr(duckdb, "connect", noting)
    assert erase_published(settings, Eraser({"ann@example.com": "a" * 64})) == [settings.published_path]
    writing = [folder for folder in opened if folder is not None]
    assert set(writing) == {str(settings.temporary_path / "forget")}
    assert len(writing) == 3  # looked through, written anew, packed


def test_every_connection_says_where_it_spills() -> None:
    """DuckDB's own choice for a database in memory is `.tmp` of the current folder."""
    without = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for top in ("orchestration", "kpi_report", "data_checks")
        for path in (ROOT / top).rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "duckdb.connect"
        if len(call.args) < 3 and "config" not in {keyword.arg for keyword in call.keywords}
    ]
    assert without == []
