"""How models' tables are compressed: of little data hardly, since it takes as long as the rest of writing.

A table of touches is written in half the time and takes six times the space: some hundred MB for a million landed rows,
which is nothing, and hundreds of GB for a thousand million, which is not.
"""

from orchestration.settings import Settings
from orchestration.transform.memory import landed_rows
from orchestration.warehouse import SLOW_COMPRESSION

UNCOMPRESSED_UP_TO = 2_000_000  # landed rows
OF_TEXTS = "fsst,dictionary"
OF_NUMBERS = "bitpacking"  # a third of what it takes to write wide rows of figures, for a third of their space


def unused_compression(settings: Settings) -> str:
    """Methods that DuckDB does without while it builds models, as its setting lists them."""
    rows = landed_rows(settings)
    if rows is None or rows > UNCOMPRESSED_UP_TO:
        return SLOW_COMPRESSION
    return f"{SLOW_COMPRESSION},{OF_TEXTS},{OF_NUMBERS}"
