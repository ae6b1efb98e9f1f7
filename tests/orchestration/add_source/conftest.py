"""A new company without sources: put files into its folder, add them, look at its settings and at what lands."""

import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml
from typer.testing import CliRunner

import orchestration.cli.commands  # noqa: F401  registers the commands
from orchestration.cli.app import app
from orchestration.extracts.land.land import land_source_table
from orchestration.extracts.land.landing_result import LandingResult
from orchestration.extracts.sources import SHEETS, load_sources
from orchestration.settings import load_settings
from orchestration.warehouse import open_warehouse
from tests.orchestration.extracts.conftest import spelled

SETTINGS = """\
company: Blue Shop
reporting: {currency: EUR, timezone: Europe/Berlin}   # the report
sources: {}
stages: {}   # take {} away when you write the first
"""


class Company:
    """One company's workspace."""

    def __init__(self, folder: Path, settings: str = SETTINGS):
        self.folder = folder
        (folder / "extracts").mkdir(parents=True)
        (folder / "funnelmart.yml").write_text(settings, encoding="utf-8")

    def write(self, name: str, content: str | bytes, encoding: str = "utf-8") -> str:
        """Put a file into the folder of extracts; returns its path."""
        path = self.folder / "extracts" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return str(path)

    def call(self, *arguments: str, answers: str = "") -> tuple[int, str, str]:
        """`funnelmart add-source ARGUMENTS`: exit code, standard output, standard error."""
        result = CliRunner().invoke(app, ["-w", str(self.folder), "add-source", *arguments], input=answers)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result.exit_code, result.stdout, result.stderr

    def add(self, *arguments: str) -> dict[str, Any]:
        """Add without questions; returns the JSON document."""
        code, out, err = self.call(*arguments, "--json")
        assert code == 0, out + err
        return dict(json.loads(out))

    def refused(self, *arguments: str) -> dict[str, Any]:
        """What is said of files of which nothing is made; nothing in the workspace may change."""
        before = self.content()
        code, out, _ = self.call(*arguments, "--json")
        assert code == 2, out
        assert self.content() == before
        return dict(json.loads(out))

    def content(self) -> dict[str, bytes]:
        """Every file of the workspace."""
        return {
            path.relative_to(self.folder).as_posix(): path.read_bytes()
            for path in self.folder.rglob("*")
            if path.is_file()
        }

    @property
    def text(self) -> str:
        """funnelmart.yml as it stands there."""
        return (self.folder / "funnelmart.yml").read_text(encoding="utf-8")

    @property
    def sheets(self) -> list[dict[str, Any]]:
        """The blocks under `sources.sheets`."""
        return list(yaml.safe_load(self.text)["sources"]["sheets"])

    def land(self, entity: str, columns: str, source: str = SHEETS) -> tuple[LandingResult, list[tuple[Any, ...]]]:
        """Run the extract step of one entity; returns what it did and columns of the raw table, oldest row first.

        Values are spelled as landing would write them: days in ISO, numbers without zeros at their end.
        """
        spec = load_sources()[source]
        with open_warehouse(self.folder / "warehouse.duckdb") as warehouse:
            result = land_source_table(warehouse, load_settings(self.folder), spec, spec.tables[entity])
            rows = warehouse.execute(f"select {columns} from raw_{source}.{entity} order by _file, _row").fetchall()
        return result, [tuple(map(spelled, row)) for row in rows]

    def figures(self, entity: str, expressions: str, source: str = SHEETS) -> tuple[Any, ...]:
        """Land one entity; returns expressions over all rows of the raw table that could be read, spelled likewise."""
        self.land(entity, "_row", source)
        with open_warehouse(self.folder / "warehouse.duckdb") as warehouse:
            query = f"select {expressions} from raw_{source}.{entity} where _unreadable is null"
            return tuple(map(spelled, warehouse.execute(query).fetchone() or ()))


@pytest.fixture
def company(tmp_path: Path) -> Company:
    return Company(tmp_path / "shop")


def book(**sheets: Sequence[Sequence[Any]]) -> bytes:
    """A workbook of these sheets, each a list of rows."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        page = made.create_sheet(name)
        for row in rows:
            page.append(list(row))
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()
