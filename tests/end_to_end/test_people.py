"""A scan of everything that a run writes for people who were put where nobody expects them."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

import orchestration.cli.commands  # noqa: F401  registers the commands
from orchestration.cli.app import app
from tests.minimal_workspace import CROWDED_DEALS, CROWDED_LEADS, PEOPLE

# What holds people in the clear on purpose: what came, and the working database with its raw tables.
_HOLDS = ("extracts", "warehouse.duckdb", "archive")
_DATABASES, _PARQUET = ".duckdb", ".parquet"


@pytest.fixture(scope="module")
def written(published_minimal: Path) -> dict[str, str]:
    """All that a run wrote, by name: bytes as they are, and the values of databases and of Parquet files beside."""
    files = [path for path in published_minimal.rglob("*") if path.is_file() and not path.is_symlink()]
    said = {}
    for path in files:
        name = str(path.relative_to(published_minimal))
        if not name.startswith(_HOLDS):
            said[name] = path.read_bytes().decode("utf-8", "replace")
        if path.suffix == _DATABASES and not name.startswith("warehouse"):
            said[f"tables of {name}"] = str(list(tables(path)))
        if path.suffix == _PARQUET:
            said[f"rows of {name}"] = str(duckdb.read_parquet(str(path)).fetchall())
    return said


def tables(database: Path) -> Iterator[tuple[str, list[tuple[object, ...]]]]:
    """Every table of a database with its rows."""
    with duckdb.connect(str(database), read_only=True) as connection:
        for schema, table in connection.execute("select schema_name, table_name from duckdb_tables()").fetchall():
            yield f"{schema}.{table}", connection.execute(f'from "{schema}"."{table}"').fetchall()


def named(text: str) -> list[str]:
    return [person for person in PEOPLE if person in text]


def test_the_people_are_there_to_be_found() -> None:
    assert named(CROWDED_LEADS + CROWDED_DEALS) == list(PEOPLE)


def test_no_output_names_anybody(written: dict[str, str]) -> None:
    kinds = {Path(name).suffix for name in written}
    assert kinds >= {".html", ".db", ".log", ".json", _DATABASES, _PARQUET}
    assert any(name.startswith(".funnelmart/notify/outbox") for name in written), "a message is among what is looked at"
    assert {name: found for name, text in written.items() if (found := named(text))} == {}


def test_the_terminal_names_nobody(published_minimal: Path) -> None:
    said = {"run": published_minimal.with_name(f"{published_minimal.name}.printed").read_text()}
    with duckdb.connect(str(published_minimal / "published" / "funnelmart.duckdb"), read_only=True) as mart:
        failed = mart.execute('select "check" from _meta.checks where not success').fetchall()
    for command in ("validate", "status", *(f"explain {name}" for (name,) in failed)):
        said[command] = call(published_minimal, *command.split())
    assert {command: found for command, text in said.items() if (found := named(text))} == {}


def call(workspace: Path, *arguments: str) -> str:
    result = CliRunner().invoke(app, ["-w", str(workspace), *arguments])
    assert result.exit_code == 0, result.output
    return result.output


def test_of_the_working_database_only_raw_tables_name_people(published_minimal: Path) -> None:
    found = {name for name, rows in tables(published_minimal / "warehouse.duckdb") if named(str(rows))}
    assert {name for name in found if not name.startswith("raw_")} == set()
    assert found
