"""The queries of the pages on the model answer on the demo, opened as the pages say."""

from pathlib import Path

import duckdb
import pytest

from tests.docs.pages import ROOT, blocks

PAGES = ("alignment", "attribution", "bridge", "cohorts", "costs", "goals")


@pytest.mark.parametrize("page", PAGES)
def test_every_query_of_the_page_finds_something(published_demo: Path, page: str) -> None:
    queries = [block.text for block in blocks(ROOT / "docs" / f"{page}.md") if block.language == "sql"]
    assert queries
    with duckdb.connect(str(published_demo / "published" / "funnelmart.duckdb"), read_only=True) as mart:
        assert [query for query in queries if not mart.execute(query).fetchall()] == []
