"""A scan of everything that a run writes for people who were put where nobody expects them."""

from pathlib import Path

import duckdb
import pytest

from tests.minimal_workspace import CROWDED_DEALS, CROWDED_LEADS, PEOPLE

# What holds people in the clear on purpose: what came, and the working database with its raw tables.
_HOLDS = ("extracts", "warehouse.duckdb", "archive")


def texts(mart: Path) -> str:
    """Every value of every table of a published mart, as one text."""
    with duckdb.connect(str(mart), read_only=True) as connection:
        tables = connection.execute("select schema_name, table_name from duckdb_tables()").fetchall()
        rows = [connection.execute(f'from "{schema}"."{table}"').fetchall() for schema, table in tables]
    return str(rows)


@pytest.mark.parametrize("person", PEOPLE)
def test_a_person_stands_in_no_output(published_minimal: Path, person: str) -> None:
    assert person in CROWDED_LEADS + CROWDED_DEALS
    files = [path for path in published_minimal.rglob("*") if path.is_file() and not path.is_symlink()]
    written = [path for path in files if not path.relative_to(published_minimal).parts[0].startswith(_HOLDS)]
    assert {path.suffix for path in written} >= {".html", ".db", ".log", ".json", ".duckdb"}
    found = [str(path) for path in written if person.encode() in path.read_bytes()]
    found += [str(path) for path in written if path.suffix == ".duckdb" and person in texts(path)]
    assert found == []
    assert person not in published_minimal.with_name(f"{published_minimal.name}.printed").read_text()
