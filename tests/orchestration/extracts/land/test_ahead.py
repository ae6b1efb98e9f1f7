"""Small files are read ahead by a thread: what is landed is the same, whichever of the two is faster."""

import errno
import json
import os
import random
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import duckdb
import pytest

from orchestration.errors import SettingsError
from orchestration.extracts.land import ahead as module
from orchestration.extracts.land import landing_threads, reading
from orchestration.extracts.land.ahead import Ahead, reading_ahead
from orchestration.extracts.land.land import land_source_table
from orchestration.extracts.land.landing_result import LandingResult
from orchestration.extracts.sources import SHEETS
from orchestration.progress import listening
from orchestration.settings import Settings
from orchestration.warehouse import open_warehouse
from tests.orchestration.extracts.conftest import SOURCES, Workspace
from tests.orchestration.extracts.land.killed import kill_at

ENTITIES = ["leads", "deals", "ad_spend", "touches"]
TIMES = ("loaded_at", "_loaded_at", "modified_at", "refused_at", "seen_at", "since")
ORDERS = int(os.environ.get("FUNNELMART_HISTORIES", "1")) * 4  # of each kind; `make histories` takes more


def sheets(*more: dict[str, Any]) -> dict[str, Any]:
    blocks = [
        {"entity": "leads", "files": "extracts/leads_*", "replace_by": "key"},
        {"entity": "deals", "files": "extracts/deals_*"},
        {"entity": "ad_spend", "files": "extracts/spend_*", "replace_by": "snapshot"},
        {"entity": "touches", "files": "extracts/touches_*"},
        *more,
    ]
    return {"sources": {"sheets": blocks}}


def write(workspace: Workspace) -> None:
    """Files that replace one another, that are refused in several ways, with people, new columns, the same content."""
    for n in range(3):
        people = "".join(
            f"L{i},2024-0{n + 1}-0{i},p{i + n}@example.com,info@acme.com call +49151000000{i}\n" for i in (1, 2)
        )
        workspace.write(f"extracts/leads_{n}.csv", f"lead_id,created_at,email,{'note' if n else 'stage'}\n{people}")
    workspace.write("extracts/leads_6.csv", "lead_id,created_at,email\nL6,2024-06-06,info@acme.com\n")
    workspace.write("extracts/leads_3.csv", "lead_id,email\nL9,x@example.com\n")
    workspace.write(
        "extracts/leads_4.json", json.dumps([{"lead_id": "L1", "created_at": "2024-05-05", "email": "N/A"}])
    )
    workspace.write("extracts/leads_5.xlsx", "no workbook")
    workspace.write(
        "extracts/deals_1.csv", "deal_id,created_at,amount\nD1,2024-01-01,1.50\nD2,2024-01-01,€ 1 000\nD3,2024,x\n"
    )
    workspace.write(
        "extracts/deals_2.csv", "deal_id,created_at,amount\nD1,2024-01-01,1.50\nD2,2024-01-01,€ 1 000\nD3,2024,x\n"
    )
    workspace.write("extracts/spend_1.csv", "date,spend\n2024-01-01,1\n2024-01-02,2\n")
    workspace.write("extracts/spend_2.csv", "date,spend\n2024-01-01,1,too much\n2024-01-03,2\n")
    workspace.write(
        "extracts/touches_1.jsonl", '{"touch_id": "T1", "touched_at": "2024-01-01T10:00:00Z"}\n{"touch_id"\n'
    )
    workspace.write(
        "extracts/touches_2.jsonl", '{"touch_id": "T1", "touched_at": "2024-01-01T10:00:00Z", "at": {"x": 1}}\n'
    )


def land_all(workspace: Workspace, settings: Settings, reads_ahead: bool) -> list[LandingResult]:
    source, tables = SOURCES[SHEETS], [SOURCES[SHEETS].tables[entity] for entity in ENTITIES]
    if not reads_ahead:
        return [land_source_table(workspace.connection, settings, source, table) for table in tables]
    with reading_ahead(workspace.connection, settings, source, tables) as ahead:
        assert ahead is not None
        return [land_source_table(workspace.connection, settings, source, table, ahead=ahead) for table in tables]


def outcome(path: Path, land_it: Callable[[Workspace], list[LandingResult]]) -> dict[str, Any]:
    """All that landing leaves and says, but for the time of the day."""
    with opened(path) as workspace, listening((said := []).append):
        found: dict[str, Any] = {"results": land_it(workspace), "said": said}
        tables = workspace.rows("select schema_name, table_name from duckdb_tables() where not temporary order by all")
        for schema, table in tables:
            columns = [row[0] for row in workspace.rows(f"describe {schema}.{table}") if row[0] not in TIMES]
            order = " order by all" if table in ("shared_contacts", "test_people") else ""
            listed = ", ".join(f'"{column}"' for column in columns)
            found[f"{schema}.{table}"] = workspace.rows(f"select {listed} from {schema}.{table}{order}")
    found["archive"] = sorted(str(file.relative_to(path)) for file in (path / "archive").rglob("*"))
    assert [thread.name for thread in threading.enumerate()].count("ahead") == 0
    return found


@contextmanager
def opened(path: Path) -> Iterator[Workspace]:
    path.mkdir(exist_ok=True)
    (path / ".funnelmart").mkdir(exist_ok=True)
    (path / ".funnelmart" / "person.key").write_text("k" * 64)
    with open_warehouse(path / "warehouse.duckdb", config={"threads": 2}) as connection:
        yield Workspace(path, connection)


class Gate:
    """Lets reader and writer go on in an order that dice say; neither waits for what the other can't do."""

    def __init__(self, dice: random.Random, patch: pytest.MonkeyPatch) -> None:
        self.changed, self.turn, self.begun = threading.Condition(), 0, 0
        self.is_held = self.is_at_end = False
        gate, read_all, read, take = self, Ahead._read, reading.Reading.ahead, Ahead.take

        class Queue(SimpleQueue[Any]):
            def get(self, *arguments: Any, **options: Any) -> Any:
                with gate.held():
                    return super().get(*arguments, **options)

        def reads(self: reading.Reading, *arguments: Any) -> None:
            gate.begun += 1
            after = dice.randint(0, gate.begun - 1)  # the files before it in the order
            with gate.held(), gate.changed:
                gate.changed.wait_for(lambda: gate.turn >= after)
            read(self, *arguments)

        def takes(self: Ahead, feed: Any, found: Any) -> Any:
            with gate.changed:
                if dice.random() < 0.5:  # so long that the reader has done what it can
                    gate.changed.wait_for(lambda: gate.is_held or gate.is_at_end)
                gate.turn += 1
                gate.changed.notify_all()
            return take(self, feed, found)

        def reads_all(self: Ahead) -> None:
            read_all(self)
            with gate.changed:
                gate.is_at_end = True
                gate.changed.notify_all()

        patch.setattr(module, "SimpleQueue", Queue)
        patch.setattr(Ahead, "_read", reads_all)
        patch.setattr(reading.Reading, "ahead", reads)
        patch.setattr(Ahead, "take", takes)

    @contextmanager
    def held(self) -> Iterator[None]:
        """The reader waits."""
        with self.changed:
            self.is_held = True
            self.changed.notify_all()
        yield
        self.is_held = False


@pytest.mark.parametrize("seed", range(ORDERS))
def test_it_lands_the_same_whoever_is_faster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    with opened(tmp_path / "alone") as workspace:
        write(workspace)
    with opened(tmp_path / "ahead") as workspace:
        write(workspace)
    expected = outcome(tmp_path / "alone", lambda it: land_all(it, it.settings(**sheets()), reads_ahead=False))
    assert len(expected["landing.shared_contacts"]) == 1
    assert [len(result.loaded) for result in expected["results"]] == [5, 2, 2, 1]
    with monkeypatch.context() as patch:
        gate = Gate(random.Random(seed), patch)
        found = outcome(tmp_path / "ahead", lambda it: land_all(it, it.settings(**sheets()), reads_ahead=True))
    assert found == expected
    assert gate.begun > 0


def small(workspace: Workspace, files: int = 4) -> Settings:
    """Leads in some files of one row each, alone in the workspace."""
    for n in range(1, files + 1):
        workspace.write(f"extracts/leads_{n}.csv", f"lead_id,created_at\nL{n},2024-01-0{n}\n")
    return workspace.settings(sources={"sheets": [{"entity": "leads", "files": "extracts/leads_*"}]})


def land_leads(workspace: Workspace, settings: Settings, reload: Any = None) -> LandingResult:
    source, table = SOURCES[SHEETS], SOURCES[SHEETS].tables["leads"]
    with reading_ahead(workspace.connection, settings, source, [table], reload) as ahead:
        assert ahead is not None
        return land_source_table(workspace.connection, settings, source, table, reload=reload, ahead=ahead)


def landed(workspace: Workspace) -> list[Any]:
    return workspace.rows("select load_id, file from landing.files order by load_id")


def patch_reading(patch: pytest.MonkeyPatch, fails: Callable[[str], None]) -> None:
    """Have `fails` called with each file's name before its rows are read, whoever reads them."""
    read_rows = reading.read_rows

    def read(connection: Any, feed: Any, found: Any, *others: Any) -> Any:
        fails(found.name)
        return read_rows(connection, feed, found, *others)

    patch.setattr(reading, "read_rows", read)


def waits_for_the_reader(patch: pytest.MonkeyPatch, files: int) -> None:
    """Let nothing be landed before so many files were read ahead."""
    take, ahead, done = Ahead.take, reading.Reading.ahead, threading.Semaphore(0)
    left = [files]

    def reads(self: Any, *arguments: Any) -> None:
        ahead(self, *arguments)
        done.release()

    def takes(self: Ahead, *arguments: Any) -> Any:
        while left[0]:
            done.acquire()
            left[0] -= 1
        return take(self, *arguments)

    patch.setattr(reading.Reading, "ahead", reads)
    patch.setattr(Ahead, "take", takes)


def test_what_is_not_of_one_file_is_raised_at_the_turn_of_its_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(name: str) -> None:
        if not name.endswith("_1.csv"):
            raise OSError(errno.ENOSPC, f"No space left for {name}")

    with opened(tmp_path) as workspace:
        settings = small(workspace)
        with monkeypatch.context() as patch:
            patch_reading(patch, fails)
            waits_for_the_reader(patch, 3)
            with pytest.raises(OSError, match=r"No space left for extracts/leads_2\.csv"):
                land_leads(workspace, settings)
        assert landed(workspace) == [(1, "extracts/leads_1.csv")]
    with opened(tmp_path) as workspace:  # nothing holds the database any more
        assert land_leads(workspace, settings).table_rows == 4
        assert landed(workspace) == [(n, f"extracts/leads_{n}.csv") for n in range(1, 5)]
    assert not list((tmp_path / "archive").rglob("*.part"))


def test_who_is_interrupted_leaves_no_thread_and_no_database_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = "select count(*) from range(1000000000) a, range(1000000) b"  # years
    begun = threading.Event()

    def for_years(connection: Any, *_: Any) -> None:
        begun.set()
        connection.execute(query)

    def interrupted(*_: Any) -> None:
        begun.wait()
        raise KeyboardInterrupt

    with opened(tmp_path) as workspace:
        settings = small(workspace)
        with monkeypatch.context() as patch:
            patch.setattr(reading, "read_rows", for_years)
            patch.setattr(Ahead, "take", interrupted)
            with pytest.raises(KeyboardInterrupt):
                land_leads(workspace, settings)
        assert "ahead" not in [thread.name for thread in threading.enumerate()]
    with opened(tmp_path) as workspace:
        assert land_leads(workspace, settings).table_rows == 4


def test_a_file_that_lacked_memory_beside_another_is_read_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hungry(name: str) -> None:
        if name.endswith("_2.csv") and threading.current_thread().name == "ahead":
            raise duckdb.OutOfMemoryException("Out of Memory Error: failed to pin block")

    with opened(tmp_path) as workspace:
        settings = Settings.model_validate({**small(workspace).model_dump(), "engine": {"memory_limit": "4GB"}})
        workspace.connection.execute("set memory_limit = '4GB'")  # there is no more to be given
        patch_reading(monkeypatch, hungry)
        waits_for_the_reader(monkeypatch, 3)
        assert land_leads(workspace, settings).refused == {}
        assert landed(workspace) == [(n, f"extracts/leads_{n}.csv") for n in range(1, 5)]


def test_a_file_that_changed_before_its_turn_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(tmp_path) as workspace:
        settings = small(workspace)
        waits_for_the_reader(monkeypatch, 3)
        take = Ahead.take

        def takes(self: Ahead, feed: Any, found: Any) -> Any:
            taken = take(self, feed, found)
            if found.name == "extracts/leads_2.csv":
                workspace.write(found.name, "lead_id,created_at\nL2,2024-02-02\nL8,2024-02-02\n")
            return taken

        with monkeypatch.context() as patch:
            patch.setattr(Ahead, "take", takes)
            refused = land_leads(workspace, settings).refused
        assert refused == {"extracts/leads_2.csv": "changed while it was read; the next run will read it whole"}
        assert workspace.rows("select count(*) from raw_sheets.leads") == [(3,)]
        assert land_leads(workspace, settings).table_rows == 5


def test_only_what_is_new_is_read_ahead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names: list[str] = []
    with opened(tmp_path) as workspace:
        settings = small(workspace)
        land_leads(workspace, settings)
        workspace.write("extracts/leads_3.csv", "lead_id,created_at\nL3,2024-03-03\n")
        patch_reading(monkeypatch, names.append)
        assert land_leads(workspace, settings).loaded == ["extracts/leads_3.csv"]
        assert names == ["extracts/leads_3.csv"]
        again = land_leads(workspace, settings, reload=lambda name: name.endswith("_1.csv"))
        assert (again.loaded, names[1:]) == (["extracts/leads_1.csv"], ["extracts/leads_1.csv"])


def test_a_mistake_in_the_settings_is_raised_at_the_turn_of_its_table(tmp_path: Path) -> None:
    with opened(tmp_path) as workspace:
        write(workspace)
        settings = workspace.settings(**sheets({"entity": "deals", "files": "extracts/none_*"}))
        with pytest.raises(SettingsError, match="extracts/none_"):
            land_all(workspace, settings, reads_ahead=True)
        assert workspace.rows("select distinct table_name from landing.files") == [("leads",)]


@pytest.mark.parametrize("threads", [1, 2])
def test_with_one_thread_nothing_is_read_ahead_and_threads_are_as_they_were(tmp_path: Path, threads: int) -> None:
    source, table = SOURCES[SHEETS], SOURCES[SHEETS].tables["leads"]
    with opened(tmp_path) as workspace:
        settings = small(workspace)
        workspace.connection.execute(f"set threads = {threads}")
        with reading_ahead(workspace.connection, settings, source, [table]) as ahead:
            assert (ahead is not None) == (threads == 2)
            assert land_source_table(workspace.connection, settings, source, table, ahead=ahead).table_rows == 4
        assert workspace.rows("select current_setting('threads')") == [(threads,)]


def test_files_on_another_machine_are_not_read_ahead(tmp_path: Path) -> None:
    with opened(tmp_path) as workspace:
        settings = workspace.settings(sources={"sheets": [{"entity": "leads", "files": "memory://there/leads.csv"}]})
        with reading_ahead(workspace.connection, settings, SOURCES[SHEETS], []) as ahead:
            assert ahead is None


def test_a_large_file_has_all_threads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given: dict[str, Any] = {}
    read_rows = reading.read_rows

    def read(connection: Any, feed: Any, found: Any, *others: Any) -> Any:
        given[found.name] = connection.execute("select current_setting('threads')").fetchone()[0]
        return read_rows(connection, feed, found, *others)

    monkeypatch.setattr(reading, "read_rows", read)
    monkeypatch.setattr(landing_threads, "SMALL_BYTES", 100)
    with opened(tmp_path) as workspace:
        settings = small(workspace, files=2)
        settings = Settings.model_validate({**settings.model_dump(), "engine": {"threads": 3}})
        workspace.write("extracts/leads_2.csv", "lead_id,created_at\n" + "L2,2024-01-02\n" * 10)
        land_source_table(workspace.connection, settings, SOURCES[SHEETS], SOURCES[SHEETS].tables["leads"])
    assert given == {"extracts/leads_1.csv": 1, "extracts/leads_2.csv": 3}


LANDING = """
from tests.orchestration.extracts.land.test_ahead import land_leads, opened, small
with opened(path) as workspace:
    land_leads(workspace, small(workspace))
"""


@pytest.mark.parametrize("step", ["insert_rows", "record_load"])
def test_a_killed_process_leaves_whole_files_only(tmp_path: Path, step: str) -> None:
    kill_at(step, "leads_2.csv", tmp_path, LANDING)
    with opened(tmp_path) as workspace:
        assert landed(workspace) == [(1, "extracts/leads_1.csv")]
        assert land_leads(workspace, small(workspace)).table_rows == 4
