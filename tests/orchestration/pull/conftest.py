"""A workspace whose source is pulled from a made-up API, and what it lands and stages."""

import datetime as dt
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from orchestration.extracts.land.land import land_source_table
from orchestration.pull import api as api_module
from orchestration.pull.run import Pulled, pull_source
from orchestration.settings import Settings
from orchestration.warehouse import open_warehouse
from tests.orchestration.extracts.conftest import SOURCES, spelled
from tests.orchestration.pull.server import FakeApi, fake_api

SECRET = "made-up-secret-token"
FIRST = dt.datetime(2024, 3, 10, 6, tzinfo=dt.UTC)
NEXT = dt.datetime(2024, 3, 11, 6, tzinfo=dt.UTC)


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeApi]:
    monkeypatch.setattr(api_module, "BACKOFF_SECONDS", 0.001)
    with fake_api() as server:
        yield server


class Workspace:
    """One company's folder whose extracts come from the API."""

    def __init__(self, path: Path, url: str):
        self.path, self.url = path, url

    def settings(self, source: str, **more: Any) -> Settings:
        pull = {"url": self.url, **more.pop("pull", {})}
        sources = {source: {"path": f"extracts/{source}", "pull": pull, **more}}
        return Settings.model_validate({"workspace": self.path, "company": "Acme", "sources": sources})

    def pull(self, source: str, now: dt.datetime = FIRST, since: dt.date | None = None, **more: Any) -> Pulled:
        return pull_source(self.settings(source, **more), source, now, since)

    def files(self, source: str) -> list[str]:
        return sorted(os.listdir(self.path / "extracts" / source))

    def landed(self, source: str, table: str, columns: str = "*") -> list[tuple[Any, ...]]:
        """Land what was pulled into `table`; its rows, values as `spelled`."""
        spec = SOURCES[source]
        with open_warehouse(self.path / "warehouse.duckdb") as connection:
            result = land_source_table(connection, self.settings(source), spec, spec.tables[table])
            assert result.refused == {}
            rows = connection.execute(f"select {columns} from raw_{source}.{table} order by all").fetchall()
            return [tuple(map(spelled, row)) for row in rows]

    def holds(self, text: str) -> list[str]:
        """Files of the workspace in which `text` stands."""
        return [
            str(path.relative_to(self.path))
            for path in self.path.rglob("*")
            if path.is_file() and text.encode() in path.read_bytes()
        ]


@pytest.fixture
def workspace(tmp_path: Path, api: FakeApi) -> Workspace:
    return Workspace(tmp_path, api.url)
