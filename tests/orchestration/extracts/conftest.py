"""A workspace in a temporary folder: write extracts, land them, look at the raw tables."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from orchestration.extracts.land.land import land_source_table
from orchestration.extracts.land.landing_result import LandingResult
from orchestration.extracts.source_specs import ColumnSpec, SourceSpec, TableSpec
from orchestration.extracts.sources import SHEETS, load_sources
from orchestration.settings import Settings
from orchestration.warehouse import open_warehouse

SOURCES = load_sources()


class Workspace:
    """One company's folder and its open warehouse."""

    def __init__(self, path: Path, connection: Any):
        self.path, self.connection = path, connection

    def write(self, name: str, content: str | bytes) -> Path:
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def settings(self, **data: Any) -> Settings:
        return Settings.model_validate({"workspace": self.path, "company": "Acme", **data})

    def land(self, entity: str, *sheets: dict[str, Any], **options: Any) -> LandingResult:
        """Land the sheets of one entity; `more`: further settings."""
        blocks = [{"entity": entity, **sheet} for sheet in sheets]
        settings = self.settings(sources={"sheets": blocks}, **options.pop("more", {}))
        return land_source_table(self.connection, settings, SOURCES[SHEETS], SOURCES[SHEETS].tables[entity], **options)

    def land_table(self, table: TableSpec, timezone: str | None = None, **options: Any) -> LandingResult:
        """Land a connector's table from `extracts/<source>`."""
        source = SourceSpec(table.source, "", None, (), timezone, None, {table.name: table})
        settings = self.settings(
            **{"sources": {table.source: {"path": f"extracts/{table.source}"}}, **options.pop("more", {})}
        )
        return land_source_table(self.connection, settings, source, table, **options)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """The rows of a query; decimals, days and times as landing spells them, so that tests are easy to read."""
        return [tuple(map(spelled, row)) for row in self.connection.execute(query).fetchall()]


def spelled(value: Any) -> Any:
    """A decimal without zeros at its end, a day in ISO, a time in UTC with +00; a time that is only a date as that."""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, dt.datetime):
        marked = value.time() == dt.time(microsecond=1)
        return (
            value.date().isoformat()
            if marked
            else (f"{value}".rstrip("0") if value.microsecond else f"{value}") + "+00"
        )
    return value.isoformat() if isinstance(value, dt.date) else value


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with open_warehouse(tmp_path / "warehouse.duckdb") as connection:
        yield Workspace(tmp_path, connection)


def stats(**changes: Any) -> TableSpec:
    """A table as a connector lands it: daily spend of campaigns."""
    columns = (
        ColumnSpec("account", "text"),
        ColumnSpec("date", "date"),
        ColumnSpec("campaign", "text"),
        ColumnSpec("spend", "decimal"),
        ColumnSpec("_synced", "timestamp"),
    )
    declared: dict[str, Any] = {
        "source": "ads",
        "name": "stats",
        "files": ("*stats*",),
        "required": ("account", "date", "spend"),
        "key": ("account", "date", "campaign"),
        "columns": columns,
    }
    return TableSpec(**{**declared, **changes})
