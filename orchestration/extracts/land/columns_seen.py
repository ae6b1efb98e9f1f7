"""Which columns each file had and what stood in them, beside those that are known of its source: how a drift is seen.

Known are the columns of the files that were there when the source was landed first, or when people accepted a change.
"""

import duckdb

from orchestration.extracts.feed import Feed
from orchestration.extracts.land.manifest import Load
from orchestration.extracts.read.header import clean_names
from orchestration.extracts.read.table import READ_TABLE, ReadTable
from orchestration.extracts.sql import literal

# What stands in a column is judged by its first rows, and only where there are enough of one kind.
_LOOKED_AT, _ENOUGH, _NEARLY_ALL = 300, 20, 0.95
_WIDEST = 300  # of wider files the names alone are compared
_KINDS = {
    "number": r"^[-+]?[0-9][0-9., ]*$",
    "date": r"^[0-9]{1,4}[-./][0-9]{1,2}[-./][0-9]{1,4}([ T].*)?$",
}
_SPARSE = ("json", "jsonl")  # a record leaves out what it has no value for


def note_columns(connection: duckdb.DuckDBPyConnection, feed: Feed, load: Load, read: ReadTable) -> None:
    """Write down the named columns of the file that was just read; names and kinds only, never values."""
    named = {number: name for number, name in enumerate(clean_names(read.header)) if name}
    if not named:
        return
    cells = ", ".join(f"c{number}" for number in named)
    counts = ", ".join(
        f"count(*) filter (regexp_matches(value, {literal(_KINDS[kind])})) as {kind}s" for kind in _KINDS
    )
    connection.execute("delete from landing.file_columns where load_id = ?", [load.load_id])
    # one small expression for all columns: to plan one for each costs more than to look at them
    connection.execute(
        f"""
        insert into landing.file_columns
        with looked_at as (select * from {READ_TABLE} limit {_LOOKED_AT if len(named) <= _WIDEST else 0}),
        cells as (select unnest(range({len(named)})) as place, trim(unnest([{cells}])) as value from looked_at),
        counted as (select place, count(nullif(value, '')) as filled, {counts} from cells group by place),
        named as (select unnest(range({len(named)})) as place, unnest(?::varchar[]) as name)
        select ?, ?, ?, ?, ?, named.name, {_kind()}, ?
        from named left join counted on named.place = counted.place order by named.place
        """,
        [
            list(named.values()), load.load_id, feed.table.source, feed.table.name, feed.label, load.file,
            read.format in _SPARSE,
        ],
    )  # fmt: skip


def _kind() -> str:
    """SQL of the kind of what stands in a column of text: number, date or text; null where it can't be told."""
    dates_first = sorted(_KINDS)  # 01.02.2024 would pass for a number
    whens = " ".join(f"when {kind}s >= {_NEARLY_ALL} * filled then '{kind}'" for kind in dates_first)
    either = " + ".join(f"{kind}s" for kind in _KINDS)
    rarely = f"{either} <= {1 - _NEARLY_ALL:.2f} * filled"
    return f"case when filled < {_ENOUGH} then null {whens} when {rarely} then 'text' end"


def learn_columns(connection: duckdb.DuckDBPyConnection, feed: Feed) -> None:
    """Where nothing is known of the feed yet: what its files have is how it is."""
    path = [feed.table.source, feed.table.name, feed.label]
    known = connection.execute(
        "select 1 from landing.known_columns where source = ? and table_name = ? and feed = ? limit 1", path
    ).fetchone()
    if known is None:
        _take(connection, "source = ? and table_name = ? and feed = ?", path, newest_only=False)


def accept_columns(connection: duckdb.DuckDBPyConnection, source: str, table: str | None) -> list[tuple[str, str]]:
    """Take the columns of the newest file of each feed as the known ones from now on.

    Returns:
        The tables (source, table) of which something is known now; none where no file of them was landed.
    """
    where, path = ("source = ? and table_name = ?", [source, table]) if table else ("source = ?", [source])
    connection.execute(f"delete from landing.known_columns where {where}", path)
    _take(connection, where, path, newest_only=True)
    return connection.execute(
        f"select distinct source, table_name from landing.known_columns where {where} order by all", path
    ).fetchall()


def _take(connection: duckdb.DuckDBPyConnection, where: str, path: list[str], newest_only: bool) -> None:
    latest = "qualify load_id = max(load_id) over (partition by source, table_name, feed)" if newest_only else ""
    connection.execute(
        f"""
        insert into landing.known_columns
        with seen as (select * from landing.file_columns where {where} {latest}),
        files as (
            select source, table_name, feed, count(distinct load_id) as files, max(load_id) as newest
            from seen group by all
        )
        select seen.source, seen.table_name, seen.feed, seen.column_name,
            case when count(distinct seen.kind) = 1 then max(seen.kind) end,
            count(distinct seen.load_id) = max(files.files) and not bool_or(seen.may_be_absent), max(files.newest)
        from seen
        inner join files
            on seen.source = files.source and seen.table_name = files.table_name and seen.feed = files.feed
        group by all
        """,
        path,
    )
