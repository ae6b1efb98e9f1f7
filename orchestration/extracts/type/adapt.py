"""What a sheet's cells mean is settled before they are typed: totals, unfolded columns, periods, currencies, ids, tags.

Each adaption looks first whether there is anything to do, so that files without it cost next to nothing.
"""

import duckdb

from orchestration.extracts.feed import Feed
from orchestration.extracts.read.header import clean_names, position
from orchestration.extracts.read.table import READ_TABLE, ReadTable
from orchestration.extracts.type.changes import trimmed
from orchestration.extracts.type.merged import count_once
from orchestration.extracts.type.row_currency import name_currencies
from orchestration.extracts.type.serials import read_serials
from orchestration.extracts.type.spread import spread
from orchestration.extracts.type.summaries import leave_out_summaries, measures_of
from orchestration.extracts.type.unfold import unfold_table
from orchestration.extracts.type.url_tags import fill_from_links

_PREFIX = r"^(?:l|c|ag|as|f|p|z):(\+?[0-9])"  # Meta's forms write l:123, c:456, p:+49…


def adapt(connection: duckdb.DuckDBPyConnection, feed: Feed, read: ReadTable) -> ReadTable:
    """Bring the cells of a sheet that a reader filled into a form that typing knows; those of connectors stay.

    Rows that only add up others are taken out.

    Raises:
        ExtractError: a column to be unfolded is not in the file.
    """
    count_once(connection, read, measures_of(feed, read) if read.repeated else ())
    read = leave_out_summaries(connection, feed, read)
    if not feed.is_sheet:
        return read
    if feed.unfold:
        read = unfold_table(connection, feed.unfold, feed.formats, read)
    columns = _columns(feed, read)
    for name, number in columns.items():
        spec = feed.table.column(name)
        if spec and spec.data_type in ("date", "timestamp", "month"):
            read_serials(connection, number, feed.formats)
        elif spec and (name.endswith("_id") or spec.personal == "phone"):
            _strip_prefix(connection, number)
    if feed.formats.period:
        read = spread(connection, feed, read, columns)
    read = fill_from_links(connection, feed, read, columns)
    return name_currencies(connection, feed, read, columns)


def _columns(feed: Feed, read: ReadTable) -> dict[str, int]:
    """Canonical column -> number of the file's column."""
    names, found = clean_names(read.header), dict[str, int]()
    for column in feed.table.columns:
        theirs = feed.fields.get(column.name, column.name)
        number = position(names, theirs, exact=column.name == "source")
        if number is not None and column.name not in feed.constants:
            found[column.name] = number
    return found


def _strip_prefix(connection: duckdb.DuckDBPyConnection, number: int) -> None:
    """What an export puts before an id is none of it: else leads never meet the campaigns that they came from."""
    cell = trimmed(number)
    has = f"bool_or(regexp_matches({cell}, '{_PREFIX}'))"
    row = connection.execute(f"select {has} from (select c{number} from {READ_TABLE} limit 5000)").fetchone()
    if row and row[0]:
        connection.execute(rf"update {READ_TABLE} set c{number} = regexp_replace({cell}, '{_PREFIX}', '\1')")
