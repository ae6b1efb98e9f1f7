"""Which relations have rows of their own, here or once they are published; other views show what tables hold."""

import re

WRITTEN_VIEWS = ("mart", "_meta")
"""Schemas whose views publication writes as tables, those that read more than the mart."""
READS_MORE = r'\bintermediate"?\.'
"""What the SQL of such a view matches, to Python and to DuckDB."""


def is_written(schema: str, is_view: bool, sql: str) -> bool:
    """Whether the model of that SQL has rows of its own."""
    return not is_view or (schema in WRITTEN_VIEWS and re.search(READS_MORE, sql) is not None)
