"""What landing one source table did, as it is told and shown in Dagster."""

from dataclasses import dataclass, field

from orchestration.extracts.feed import Feed
from orchestration.extracts.find.listing import FoundFile
from orchestration.extracts.land.land_file import Landed
from orchestration.extracts.land.manifest import Load


@dataclass
class LandingResult:
    """What landing one source table did. Rows are counted over the files loaded by this call only."""

    source: str
    table: str
    loaded: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)  # file: reason
    new_columns: dict[str, list[str]] = field(default_factory=dict)  # file: columns that no earlier extract had
    notes: list[str] = field(default_factory=list)
    rows_in: int = 0
    rows_empty: int = 0
    rows_filtered: int = 0
    rows_totals: int = 0
    rows_refused: int = 0
    rows_landed: int = 0
    rows_unreadable: int = 0  # landed rows with at least one value that could not be read
    table_rows: int = 0  # rows of the raw table afterwards

    def add(self, found: FoundFile, landed: Landed, is_first: bool) -> None:
        """Count a file that was loaded; of the first one of a table no column is new."""
        counts = landed.counts
        self.loaded.append(found.name)
        if landed.new_columns and not is_first:
            self.new_columns[found.name] = landed.new_columns
        self.rows_in += counts.rows_in
        self.rows_empty += counts.rows_empty
        self.rows_filtered += counts.rows_filtered
        self.rows_totals += counts.rows_totals
        self.notes += [f"{found.name}: {doubt}" for doubt in landed.doubts]
        self.rows_refused += counts.rows_refused
        self.rows_landed += counts.rows_landed
        self.rows_unreadable += counts.rows_unreadable

    def note_copies(self, feed: Feed, load: Load, known: list[Load]) -> None:
        """The same content under another name adds up, as different files do; more often it is one download twice."""
        same = [x for x in known if x.is_current and x.fingerprint == load.fingerprint and x.feed == feed.label]
        for other in same:
            if other.file != load.file:
                self.notes.append(f"{load.file} has the same content as {other.file}; both count")
