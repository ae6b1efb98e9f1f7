"""Whatever happens in whatever order, the rows that count are those that a small model in Python says.

Extracts arrive, are restated and deleted; landing is killed; rows are lost, files read again, the warehouse made again
from the archive; people are forgotten; marts are published and rolled back. `make test-faults` plays longer games.
"""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from orchestration.extracts.land import land
from orchestration.extracts.land import land_file as landing
from orchestration.extracts.land.forget_person import forget_person
from orchestration.extracts.land.land import land_source_table
from orchestration.extracts.land.layout import read_again
from orchestration.extracts.land.rebuild import rebuild
from orchestration.extracts.sources import SHEETS, load_sources
from orchestration.publish import rollback
from orchestration.settings import Settings
from orchestration.warehouse import open_warehouse
from tests.orchestration.publish.conftest import publish_leads, published_leads

SOURCES = load_sources()
IS_LONG = bool(os.environ.get("FUNNELMART_FAULTS"))
Row = tuple[str, str]  # id, day
PEOPLE = st.integers(0, 4)
FILES = st.sampled_from(["a.csv", "b.csv", "c.csv"])
ROWS = st.dictionaries(PEOPLE, st.integers(1, 3), min_size=1, max_size=4)


class Killed(BaseException):
    """The process is gone."""


class Model:
    """What was landed, in order, and what of it counts by each rule."""

    def __init__(self, by: str) -> None:
        self.by, self.loads = by, list[tuple[str, tuple[Row, ...]]]()

    def land(self, file: str, rows: tuple[Row, ...]) -> None:
        """The same content of a file again is no new load."""
        last = next((load for load in reversed(self.loads) if load[0] == file), None)
        if last is None or last[1] != rows:
            self.loads.append((file, rows))

    def counted(self) -> list[Row]:
        """By file the last content of each, by key or slice the rows of the last load that had it."""
        if self.by == "file":
            return sorted(row for rows in dict(self.loads).values() for row in rows)
        part: Callable[[Row], str] = (lambda row: row[0]) if self.by == "key" else (lambda row: row[1])
        last = {part(row): number for number, (_, rows) in enumerate(self.loads) for row in rows}
        return sorted(row for number, (_, rows) in enumerate(self.loads) for row in rows if last[part(row)] == number)


class Company(RuleBasedStateMachine):
    """One workspace, and beside it what must be true of it."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="funnelmart-machine-"))
        self.there: dict[str, tuple[Row, ...]] = {}
        self.forgotten: set[str] = set()
        self.published: list[int] = []
        self.live = 0

    @initialize(by=st.sampled_from(["file", "key", "day"]))
    def company(self, by: str) -> None:
        sheet = {"entity": "leads", "files": "extracts/*.csv", "replace_by": ["created_at"] if by == "day" else by}
        said = {"workspace": self.folder, "company": "Acme", "sources": {"sheets": [sheet]}, "publish": {"keep": 99}}
        self.settings, self.model = Settings.model_validate(said), Model(by)
        (self.folder / "extracts").mkdir()
        self.arrive("a.csv", {0: 1})
        self.land()

    def teardown(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    @contextmanager
    def warehouse(self) -> Iterator[Any]:
        with open_warehouse(self.settings.warehouse_path) as connection:
            yield connection

    @rule(file=FILES, rows=ROWS)
    def arrive(self, file: str, rows: dict[int, int]) -> None:
        """A new file, or other content of one that is there."""
        lines = [f"L{who},2024-03-0{day},p{who}@example.com\n" for who, day in rows.items()]
        (self.folder / "extracts" / file).write_text("lead_id,created_at,email\n" + "".join(lines))
        self.there[file] = tuple((f"L{who}", f"2024-03-0{day}") for who, day in rows.items())

    @precondition(lambda self: len(self.there) > 1)
    @rule(file=FILES)
    def delete(self, file: str) -> None:
        (self.folder / "extracts" / file).unlink(missing_ok=True)
        self.there.pop(file, None)

    @rule()
    def land(self) -> None:
        with self.warehouse() as connection:
            self._land(connection)
        for file in sorted(self.there):
            self.model.land(file, self.there[file])

    @rule(after=st.integers(0, 2), step=st.sampled_from(["insert_rows", "record_load"]))
    def be_killed(self, after: int, step: str) -> None:
        """Landing is gone within a file: those before it count, that one does not."""
        original, landed = getattr(landing, step), list[str]()

        def killed(*arguments: Any) -> object:
            if len(landed) == after:
                raise Killed
            landed.append(arguments[4] if step == "insert_rows" else arguments[2].name)
            return original(*arguments)

        with pytest.MonkeyPatch.context() as patch, suppress(Killed), self.warehouse() as connection:
            patch.setattr(landing, step, killed)
            self._land(connection)
        for file in (name.removeprefix("extracts/") for name in landed):
            if file in self.there:
                self.model.land(file, self.there[file])

    @rule()
    def be_killed_at_its_end(self) -> None:
        """Every file is landed, but the archive's index is not written: the journal says the same."""

        def killed(*_: Any) -> None:
            raise Killed

        with pytest.MonkeyPatch.context() as patch, suppress(Killed), self.warehouse() as connection:
            patch.setattr(land, "write_index", killed)
            self._land(connection)
        for file in sorted(self.there):
            self.model.land(file, self.there[file])

    @rule()
    def read_again(self) -> None:
        """As another version of the program does it, or other settings."""
        with self.warehouse() as connection:
            read_again(connection, SHEETS, "leads")

    @rule(who=PEOPLE)
    def lose_rows(self, who: int) -> None:
        with self.warehouse() as connection:
            connection.execute("delete from raw_sheets.leads where lead_id = ?", [f"L{who}"])
        self.land()

    @rule()
    def rebuild(self) -> None:
        """The working database is lost, whatever stopped the landing before."""
        aside = self.folder / "aside.duckdb"
        with open_warehouse(aside) as connection:
            assert rebuild(connection, self.settings, SOURCES).notes == []
        aside.replace(self.settings.warehouse_path)

    @rule(who=PEOPLE)
    def forget(self, who: int) -> None:
        with self.warehouse() as connection:
            forget_person(connection, self.settings, SOURCES, f"P{who}@example.com")
        self.forgotten.add(f"p{who}@example.com")

    @rule()
    def publish(self) -> None:
        count = len(self.model.counted())
        publish_leads(self.settings, f"run{len(self.published)}", [count])
        self.published.append(count)
        self.live = len(self.published) - 1

    @precondition(lambda self: self.live > 0)
    @rule()
    def roll_back(self) -> None:
        rollback(self.settings)
        self.live -= 1

    @invariant()
    def what_counts_is_what_the_model_says(self) -> None:
        with self.warehouse() as connection:
            rows = connection.execute("select lead_id, cast(created_at as date)::varchar, email from raw_sheets.leads")
            found = rows.fetchall()
            hashes = connection.execute(
                "select count(distinct email_hash), count(distinct lead_id) from raw_sheets.leads"
            )
            assert len(set(hashes.fetchall()[0])) == 1, "one hash for each person"
        assert sorted((lead, day) for lead, day, _ in found) == self.model.counted()
        assert self.forgotten.isdisjoint(email for _, _, email in found)
        if self.published:
            assert published_leads(self.settings) == self.published[self.live]

    def _land(self, connection: Any) -> None:
        table = SOURCES[SHEETS].tables["leads"]
        assert land_source_table(connection, self.settings, SOURCES[SHEETS], table).refused == {}


TestCompany = Company.TestCase
TestCompany.settings = settings(
    max_examples=25 if IS_LONG else 4,
    stateful_step_count=25 if IS_LONG else 12,
    deadline=None,
    derandomize=not IS_LONG,
    database=None,
    suppress_health_check=list(HealthCheck),
)
