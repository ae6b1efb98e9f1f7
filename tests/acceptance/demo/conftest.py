"""How the tests of the demo ask its published mart, which one run has made for all of them."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

Ask = Callable[[str], list[tuple[Any, ...]]]


@pytest.fixture(scope="session")
def ask(published_demo: Path) -> Iterator[Ask]:
    """Run SQL on the demo's published mart and get all rows."""
    with duckdb.connect() as connection:
        connection.execute(f"attach '{published_demo / 'published' / 'funnelmart.duckdb'}' as published (read_only)")
        connection.execute("use published.mart")
        yield lambda sql: connection.execute(sql).fetchall()
