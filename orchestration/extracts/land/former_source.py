"""Rows that were landed before sheets had sources of their own keep theirs, and with it their keys."""

from dataclasses import replace

import duckdb

from orchestration.extracts.feed import Feed
from orchestration.extracts.sources import SHEETS


def with_former_source(connection: duckdb.DuckDBPyConnection, feed: Feed) -> Feed:
    """The feed with source `sheets` where rows of it have that already: new files of it belong to the same records."""
    if not feed.owns_source:
        return feed
    row = connection.execute(
        f"""select 1 from {feed.table.relation} where source = ? and _load_id in (
            select load_id from landing.files where source = ? and table_name = ? and feed = ?
        ) limit 1""",
        [SHEETS, feed.table.source, feed.table.name, feed.label],
    ).fetchone()
    if row is None:
        return feed
    return replace(feed, constants={**feed.constants, "source": SHEETS}, defaults={**feed.defaults, "source": SHEETS})
