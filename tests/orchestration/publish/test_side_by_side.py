"""Tables side by side: nothing is seen of it but the time."""

import queue
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import duckdb
import pytest

from orchestration.errors import PublishError
from orchestration.publish import calls
from orchestration.publish.calls import Database
from orchestration.publish.side_by_side import side_by_side
from orchestration.settings import Engine, Settings
from tests.orchestration.publish.conftest import publish_leads, published_leads

T = TypeVar("T")


def test_results_come_in_the_order_of_the_items_and_speak_utc(tmp_path: Path) -> None:
    with Database(tmp_path / "mart.duckdb") as mart:
        mart.execute("create table t as select * from range(10) as r(i)")
        both = threading.Barrier(2, timeout=10)

        def work(connection: Database, item: int) -> tuple[int, str]:
            if item < 2:
                both.wait()  # passes only where two work at once
            query = f"select i, current_setting('TimeZone') from t where i = {item}"
            return connection.execute(query).fetchall()[0]

        assert side_by_side(mart, 2, work, range(10)) == [(item, "UTC") for item in range(10)]


def test_what_fails_ends_what_runs_and_leaves_what_is_not_begun(tmp_path: Path) -> None:
    begun: list[int] = []
    with Database(tmp_path / "mart.duckdb", config={"threads": 1}) as mart:
        runs = threading.Event()

        def work(connection: Database, item: int) -> None:
            begun.append(item)
            if item == 1:
                runs.wait(10)
                connection.execute("select no_such_column")
            runs.set()
            connection.execute("select count(*) from range(1000000000000)")  # would take hours

        with pytest.raises(duckdb.BinderException, match="no_such_column"):
            side_by_side(mart, 2, work, range(10))
    assert sorted(begun) == [0, 1]


def test_the_first_failure_is_what_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not that a thread which was free before anybody knew of it began nothing more."""
    put = queue.SimpleQueue.put
    with Database(tmp_path / "mart.duckdb") as mart:
        has_failed, told = threading.Event(), threading.Event()

        class Slow(queue.SimpleQueue):  # type: ignore[type-arg]
            def put(self, item: object) -> None:
                """The thread that failed is the last whose failure is known."""
                if threading.current_thread() in thread:
                    has_failed.set()
                    told.wait(0.5)
                put(self, item)

        thread: list[threading.Thread] = []

        def work(connection: Database, item: int) -> None:
            if item == 0:
                thread.append(threading.current_thread())
                connection.execute("select no_such_column")
            has_failed.wait(10)
            if item > 1:
                raise AssertionError("begun after the failure")

        monkeypatch.setattr("orchestration.publish.side_by_side.queue.SimpleQueue", Slow)
        with pytest.raises(duckdb.BinderException, match="no_such_column"):
            side_by_side(mart, 2, work, range(4))


def test_what_was_between_two_statements_is_ended_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Database(tmp_path / "mart.duckdb", config={"threads": 1}) as mart:
        between, told, ended = threading.Event(), threading.Event(), list[int]()
        interrupt = Database.interrupt

        def interrupted(connection: Database) -> None:
            interrupt(connection)
            told.set()

        def work(connection: Database, item: int) -> None:
            if item == 1:
                between.wait(10)
                connection.execute("select no_such_column")
            between.set()
            told.wait(10)
            with pytest.raises(duckdb.InterruptException):
                connection.execute("select count(*) from range(3000000000)")  # seconds
            ended.append(item)

        monkeypatch.setattr(Database, "interrupt", interrupted)
        with pytest.raises(duckdb.BinderException, match="no_such_column"):
            side_by_side(mart, 2, work, range(2))
        assert ended == [0]


class Failing(calls.Door):
    """The copy of one table fails, in whatever thread."""

    def through(
        self, what: str, call: Callable[[], T], torn: Callable[[], object] | None = None, of_database: bool = False
    ) -> T:
        if what.startswith("create table mart") and "t_7" in what:
            raise duckdb.IOException(what)
        return call()


def test_a_publication_by_two_threads_fails_whole(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    two = settings.model_copy(update={"engine": Engine(threads=2)})
    with duckdb.connect(str(two.warehouse_path)) as warehouse:
        for number in range(10):
            warehouse.execute(f"create table mart.t_{number} as select i as n from range({1000 * number}) as r(i)")
    assert publish_leads(two, "one", [2]).rows["mart.t_9"] == 9000
    with monkeypatch.context() as patch:
        patch.setattr(calls, "door", Failing())
        with pytest.raises(PublishError, match="t_7"):
            publish_leads(two, "two", [3])
    assert published_leads(two) == 2
    assert sorted(path.name for path in two.publish_path.parent.iterdir()) == ["funnelmart.duckdb", "history"]
    assert publish_leads(two, "three", [4]).rows["mart.t_7"] == 7000
