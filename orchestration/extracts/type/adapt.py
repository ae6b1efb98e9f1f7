"""What a sheet's cells mean is settled before they are typed: totals, unfolded columns, periods, currencies, ids, tags.

Each adaption looks first whether there is anything to do, so that files without it cost next to nothing.
"""

from collections.abc import Iterable

import duckdb

from orchestration.extracts.feed import Feed
from orchestration.extracts.read.header import clean_names, position
from orchestration.extracts.read.table import READ_TABLE, ReadTable
from orchestration.extracts.sql import literals
from orchestration.extracts.type.changes import trimmed
from orchestration.extracts.type.merged import count_once
from orchestration.extracts.type.row_currency import name_currencies
from orchestration.extracts.type.serials import read_numbers
from orchestration.extracts.type.spread import spread
from orchestration.extracts.type.summaries import leave_out_summaries, measures_of
from orchestration.extracts.type.unfold import unfold_table
from orchestration.extracts.type.url_tags import fill_from_links

_FLOAT = r"^(\d+)\.0$"  # an id of a column with empty cells, which programs for statistics keep as fractions
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
            is_free = spec.data_type == "timestamp" and (feed.formats.timestamp is None or read.typed)
            read_numbers(connection, number, feed.formats, read.from_1904, may_be_epochs=is_free)
        elif spec and (name.endswith("_id") or spec.personal == "phone"):
            _strip(connection, number, feed.formats.null_values)
        elif name == "probability":
            cell = trimmed(number)
            percent = f"ends_with({cell}, '%')"
            connection.execute(f"update {READ_TABLE} set c{number} = rtrim({cell}, ' %') where {percent}")
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


def _strip(connection: duckdb.DuckDBPyConnection, number: int, null_values: Iterable[str]) -> None:
    """What an export puts around an id is none of it: else leads never meet the campaigns that they came from."""
    cell = trimmed(number)
    nothing = literals({"", *(word.strip() for word in null_values)})
    is_float = f"regexp_matches({cell}, '{_FLOAT}')"
    floats = f"bool_or({is_float}) and bool_and({is_float} or {cell} in {nothing})"
    first = f"(select c{number} from {READ_TABLE} limit 5000)"
    row = connection.execute(f"select bool_or(regexp_matches({cell}, '{_PREFIX}')), {floats} from {first}").fetchone()
    has_prefix, are_floats = row or (False, False)
    if are_floats:  # in all rows: 12.0 among A-7 is what somebody wrote
        (are_floats,) = connection.execute(f"select {floats} from {READ_TABLE}").fetchone() or (False,)
    for pattern, is_there in ((_PREFIX, has_prefix), (_FLOAT, are_floats)):
        if is_there:
            connection.execute(rf"update {READ_TABLE} set c{number} = regexp_replace({cell}, '{pattern}', '\1')")
