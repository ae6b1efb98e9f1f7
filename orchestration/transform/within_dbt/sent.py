"""What dbt sent for each node, so that a later build of the same code sends it without making it again.

What dbt makes of a model or test depends on the code alone: its SQL, the statements around it, and, with the types of
raw columns, whether the table is as its contract says. To make it takes dbt five times as long as DuckDB takes for a
small table. Kept are tables, views and tests, as texts with places for the two hashes of kept.sql; nodes with hooks
before them, everything else, and whatever an earlier build did not send, go dbt's own way.
"""

import json
import os
from collections.abc import Iterable
from pathlib import Path

# In the texts: hashes of what the node is made from, and of what of it is not read in parts.
MADE_FROM, REST = "@made_from@", "@rest@"


class Sent:
    """By dbt's id: `code` (compiled SQL) of a node; of a table or view `create`, `after` (hooks); of a test `check`,
    `note`."""

    def __init__(self) -> None:
        self._by: str | None = None
        self._is_new = False
        self.nodes: dict[str, dict[str, str]] = {}

    def begin(self, by: str | None, files: Iterable[Path]) -> None:
        """A build by code and raw columns `by` begins: know what one of `files` says of an earlier one.

        None: nothing is known, and nothing noted.
        """
        if by is None or by != self._by:
            self.nodes, self._is_new = {}, False
        if by is not None and by != self._by:
            self.nodes = next((found for found in (_read(file, by) for file in files) if found), {})
        self._by = by

    @property
    def is_kept(self) -> bool:
        """Whether what is sent is to be noted."""
        return self._by is not None

    def remember(self, node: str, **said: str) -> None:
        """Note what was made for a node."""
        if self.is_kept:
            self.nodes.setdefault(node, {}).update(said)
            self._is_new = True

    def write(self, file: Path) -> None:
        """Write all that is known now, where something has come to it."""
        if self._is_new:
            aside = file.with_name(f".{file.name}")
            aside.write_text(json.dumps({"by": self._by, "nodes": self.nodes}), encoding="utf-8")
            os.replace(aside, file)
            self._is_new = False


def _read(file: Path, by: str) -> dict[str, dict[str, str]] | None:
    """None where nothing is kept, it is of other code, or can't be read: then dbt makes everything, and it is kept."""
    try:
        said = json.loads(file.read_text(encoding="utf-8"))
        nodes: dict[str, dict[str, str]] = said["nodes"]
        return nodes if said["by"] == by else None
    except (OSError, ValueError, KeyError, TypeError):
        return None
