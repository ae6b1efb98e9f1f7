"""Every call of a publication fails once: the published mart is the old or the new one whole, nothing needs a hand.

A kill is what no code can answer: from the n-th call on, none has any effect. `make test-faults` fails each call in
each of the three ways; the usual tests fail a sixth of them, other ones in each way.
"""

import errno
import itertools
import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import duckdb
import pytest

from orchestration.errors import PublishError
from orchestration.publish import calls, kept_marts, rollback
from orchestration.publish.history import name_of
from orchestration.publish.parquet import parquet_path
from orchestration.settings import Engine, Publish, Settings
from tests.orchestration.publish.conftest import publish_leads, published_leads

T = TypeVar("T")
OLD, NEW, NEXT = 2, 3, 4
EVERY = 1 if os.environ.get("FUNNELMART_FAULTS") else 6
FIRST = int(os.environ.get("FUNNELMART_FAULTS_FROM", "1"))


class Killed(BaseException):
    """The process is gone."""


class Failing(calls.Door):
    """The n-th call fails: before it does anything (error), half done (torn), or for good (kill)."""

    def __init__(self, nth: int, how: str) -> None:
        self.nth, self.how, self.count, self.failed = nth, how, 0, ""

    def through(
        self, what: str, call: Callable[[], T], torn: Callable[[], object] | None = None, of_database: bool = False
    ) -> T:
        self.count += 1
        if self.count < self.nth or (self.count > self.nth and self.how != "kill"):
            return call()
        if self.count == self.nth:
            self.failed = what
            if self.how == "torn":
                (torn or call)()
            elif self.how == "kill" and torn:
                torn()
        if self.how == "kill":
            raise Killed(what)
        raise duckdb.IOException(what) if of_database else OSError(errno.EIO, what)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two publications, 1 lead then 2, one mart kept and one more allowed; a fact lies in the lake."""
    folder = tmp_path_factory.mktemp("template")
    with duckdb.connect(str(workspace(folder).warehouse_path)) as warehouse:
        warehouse.execute("create schema mart; create table mart.fct_touches as select 1 as touch_id")
    for number in (1, OLD):
        publish_leads(workspace(folder), f"run{number}", [number])
    return folder


def workspace(folder: Path) -> Settings:
    keep = Publish(keep=2, parquet=True, lake=["fct_touches"])
    return Settings(workspace=folder, company="Acme", publish=keep, engine=Engine(threads=1))


def copies(
    template: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> Iterator[tuple[Settings, Failing]]:
    """The same workspace again and again, with a door that fails one call later each time."""
    for nth in itertools.count(FIRST + ["error", "torn", "kill"].index(how) * (EVERY // 3), EVERY):
        shutil.copytree(template, folder / "w", symlinks=True)
        failing = Failing(nth, how)
        with monkeypatch.context() as patch:
            patch.setattr(calls, "door", failing)
            yield workspace(folder / "w"), failing
        if not failing.failed:
            return
        shutil.rmtree(folder / "w")


def parquet_leads(settings: Settings) -> int:
    (total,) = duckdb.sql(
        f"select sum(leads) from '{parquet_path(settings) / 'mart' / 'kpi_total.parquet'}'"
    ).fetchall()
    return int(total[0])


def after_it_all_is_well(settings: Settings, monkeypatch: pytest.MonkeyPatch, was: int) -> None:
    """The next publication needs no hand, and the way back leads to what was published before."""
    with monkeypatch.context() as patch:
        patch.setattr(calls, "door", calls.Door())
        assert publish_leads(settings, "next", [NEXT]).warnings == ()
        assert (published_leads(settings), parquet_leads(settings)) == (NEXT, NEXT)
        kept = kept_marts(settings)
        assert len(kept) == 2
        left = [name for name in os.listdir(settings.publish_path.parent) if not name.startswith(".parquet-")]
        assert sorted(left) == ["funnelmart.duckdb", "history", "parquet"]
        assert len(os.listdir(settings.publish_path.parent)) == 5  # the files of this publication and of the one before
        assert sorted(os.listdir(kept[0].path.parent)) == [*sorted(entry.name for entry in kept), "log.jsonl"]
        in_lake = {path.name for path in (settings.lake_path / "published").iterdir()}
        assert in_lake == {Path(name_of(settings.publish_path)).stem, *(entry.path.stem for entry in kept)}
        last = (kept[0].path.parent / "log.jsonl").read_text().splitlines()[-1]
        assert json.loads(last)["replaced"] == kept[-1].name
        rollback(settings)
        assert (published_leads(settings), parquet_leads(settings)) == (was, was)


@pytest.mark.parametrize("how", ["error", "torn", "kill"])
def test_a_publication_survives_the_failure_of_each_of_its_calls(
    template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    tried = 0
    for settings, failing in copies(template, tmp_path, monkeypatch, how):
        before = settings.publish_path.read_bytes()
        try:
            publish_leads(settings, "run3", [NEW])
        except PublishError:
            assert settings.publish_path.read_bytes() == before, f"call {failing.nth} ({failing.failed})"
        except Killed:
            assert published_leads(settings) in (OLD, NEW), f"call {failing.nth} ({failing.failed})"
        else:
            assert published_leads(settings) == NEW
        was = published_leads(settings)
        assert parquet_leads(settings) in (OLD, NEW)
        if failing.failed:
            tried += 1
            try:
                after_it_all_is_well(settings, monkeypatch, was)
            except Exception as error:
                raise AssertionError(f"after call {failing.nth} ({failing.failed}) failed: {error}") from error
    print(f"tried: {how} in {tried} calls")
    assert tried > (60 if FIRST == 1 else 5) / EVERY
