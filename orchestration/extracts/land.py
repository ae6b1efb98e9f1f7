"""Land the files of one source table: each file is one transaction with its manifest row: all of it or none."""

from collections.abc import Callable
from dataclasses import dataclass, field

import duckdb

from orchestration.extracts.sources import SourceSpec, TableSpec
from orchestration.settings import Settings

Progress = Callable[[str, int, int], None]
"""Called as (file, bytes done, bytes in all) while a file over a few MB is read."""

Reload = Callable[[str], bool]
"""Says of a file (path relative to the source's root) whether to read it again although nothing changed."""


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
    rows_refused: int = 0
    rows_landed: int = 0
    rows_unreadable: int = 0  # landed rows with at least one value that could not be read
    table_rows: int = 0  # rows of the raw table afterwards


def land_source_table(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    source: SourceSpec,
    table: TableSpec,
    progress: Progress | None = None,
    reload: Reload | None = None,
) -> LandingResult:
    """Load every new or changed file of `table` into its raw table; what is unchanged is left alone.

    A file that can't be read or lacks required columns is refused (named in the result and in
    `landing.refused_files`) and the others go on.

    Raises:
        SettingsError: the source isn't enabled in the workspace, or a path or pattern matches nothing.
    """
    raise NotImplementedError
