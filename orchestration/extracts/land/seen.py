"""What the manifest says of a file before it is landed."""

from dataclasses import dataclass

import duckdb

from orchestration.extracts.feed import Feed
from orchestration.extracts.find.listing import FoundFile
from orchestration.extracts.land.manifest import Load, loads, refusals


@dataclass(frozen=True)
class Seen:
    """All loads of the table, the newest one of the file, and why the file is refused at present."""

    known: list[Load]
    current: Load | None
    refused: tuple[str, ...] | None

    @classmethod
    def of(cls, connection: duckdb.DuckDBPyConnection, feed: Feed, found: FoundFile) -> "Seen":
        """Look it up."""
        known = loads(connection, feed.table.source, feed.table.name)
        current = next((x for x in reversed(known) if (x.feed, x.file) == (feed.label, found.name)), None)
        refused = refusals(connection, feed.table.source, feed.table.name).get((feed.label, found.name))
        return cls(known, current, refused)

    def is_refused(self, content: str, spec: str) -> bool:
        """Whether the same content was refused, read in the same way."""
        return self.refused is not None and self.refused[:2] == (content, spec)

    def is_landed(self, content: str, spec: str) -> bool:
        """Whether the same content was landed, read in the same way."""
        current = self.current
        return current is not None and (current.fingerprint, current.spec_fingerprint) == (content, spec)

    def is_same_version(self, found: FoundFile, spec: str) -> bool:
        """Whether a remote file needs no download: its version is the landed one. Local files are told by bytes."""
        current = self.current
        if current is None or self.refused is not None or found.version is None:
            return False
        return (current.version, current.spec_fingerprint) == (found.version, spec)
