"""Which rows a newer extract replaces: by file, key, slice or snapshot.

The outcome depends on the order of the load ids only, not on when a file was read: an older extract that is read again
never wins over a newer one.
"""

from dataclasses import dataclass

import duckdb

from orchestration.extracts.feed import ROW_KEY, Feed
from orchestration.extracts.land.manifest import Load
from orchestration.extracts.source_specs import UNREAD_AS, TableSpec
from orchestration.extracts.sql import identifier, literal
from orchestration.extracts.type.prepare import INCOMING
from orchestration.extracts.type.problems import value_of
from orchestration.extracts.type.stored import is_marked

_GONE = "temp.funnelmart_gone"
_NOTHING = "select rowid as id, _load_id from {relation} where false"


@dataclass(frozen=True)
class Rivals:
    """The loads of the same feed that this one meets: its own earlier rows, older ones, newer ones."""

    load_id: int
    same_file: tuple[int, ...]
    older: tuple[int, ...]
    newer: tuple[int, ...]


def rivals(load_id: int, feed: Feed, file: str, loads: list[Load]) -> Rivals:
    """Sort the table's loads by what they are to the load `load_id` of `file`."""
    of_feed = [load for load in loads if load.feed == feed.label]
    return Rivals(
        load_id,
        same_file=tuple(load.load_id for load in of_feed if load.file == file and load.load_id < load_id),
        older=tuple(load.load_id for load in of_feed if load.load_id < load_id),
        newer=tuple(load.load_id for load in of_feed if load.load_id > load_id and load.is_current),
    )


def replace_rows(connection: duckdb.DuckDBPyConnection, feed: Feed, file: str, rivals: Rivals) -> dict[int, int]:
    """Delete what the incoming rows replace; load id -> number of its rows that went.

    Incoming rows that an existing one beats get the status `beaten`.
    """
    relation, by = feed.table.relation, feed.table.replace_by
    connection.execute(f"delete from {relation} where _load_id = ?", [rivals.load_id])
    gone, lost = _NOTHING.format(relation=relation), f"select rowid as id from {INCOMING} where false"
    if by == "file" and rivals.same_file:
        gone = f"select rowid as id, _load_id from {relation} where _load_id in {_ids(rivals.same_file)}"
    elif by == "snapshot":
        gone = f"select rowid as id, _load_id from {relation} where _load_id in {_ids(rivals.older)}"
        lost = f"select rowid as id from {INCOMING} where {str(bool(rivals.newer)).lower()}"
    elif by == "key":
        gone, lost = _by_key(feed, file, rivals)
    elif isinstance(by, tuple):
        gone, lost = _by_slice(feed.table, by, rivals)
    if not (rivals.older or rivals.newer or (by == "key" and feed.table.newest_by)):
        return {}
    if by != "file":
        connection.execute(f"update {INCOMING} set _status = 'beaten' where _status = 'landed' and rowid in ({lost})")
    connection.execute(f"create or replace temp table {_GONE} as {gone}")
    counted = connection.execute(f"select _load_id, count(*) from {_GONE} group by 1").fetchall()
    if counted:
        connection.execute(f"delete from {relation} where rowid in (select id from {_GONE})")
    return dict(counted)


def _by_slice(table: TableSpec, columns: tuple[str, ...], rivals: Rivals) -> tuple[str, str]:
    relation, slice_of, incoming = table.relation, _text(table, columns), _text(table, columns, "_unreadable")
    landed = f"select {incoming} from {INCOMING} where _status = 'landed'"
    newer = f"select {slice_of} from {relation} where _load_id in {_ids(rivals.newer)}"
    older = f"select rowid as id, _load_id from {relation} where _load_id in {_ids(rivals.older)}"
    return (
        f"{older} and {slice_of} in ({landed})",
        f"select rowid as id from {INCOMING} where {incoming} in ({newer})",
    )


def _by_key(feed: Feed, file: str, rivals: Rivals) -> tuple[str, str]:
    """Newest by the newest_by column, else by the load. With that column, of one extract's equal keys one row stays."""
    relation, table = feed.table.relation, feed.table
    existing = _keyed(feed, relation, "_load_id", f"where _load_id in {_ids((*rivals.older, *rivals.newer))}")
    incoming = _keyed(feed, INCOMING, str(rivals.load_id), "where _status = 'landed'")
    gone = f"""
        with existing as ({existing}), incoming as ({incoming}),
        best as (select k, max((newest, load)) as rank from incoming where k is not null group by k)
        select id, load as _load_id from existing join best using (k) where (newest, load) < rank
        union all
        select id, load from existing where k is null and load in {_ids(rivals.same_file)}"""
    within = ""
    if table.newest_by:
        within = """
        union
        select id from incoming where k is not null
        qualify row_number() over (partition by k order by newest desc, _row_hash desc, id) > 1"""
    lost = f"""
        with existing as ({existing}), incoming as ({incoming}),
        best as (select k, max((newest, load)) as rank from existing where k is not null group by k)
        select id from incoming join best using (k) where (newest, load) < rank{within}"""
    return gone, lost


def _keyed(feed: Feed, relation: str, load: str, where: str) -> str:
    """Rows with their key (null where no column of it has a value), how new they are, and their load."""
    if feed.table.key == ROW_KEY:
        key = f"_row_hash || '-' || row_number() over (partition by {load}, _row_hash order by _row)"
    else:
        unread = "_unreadable" if relation == INCOMING else UNREAD_AS
        columns = ", ".join(_said(feed.table, name, unread) for name in feed.table.key)
        key = f"case when coalesce({columns}) is not null then {_text(feed.table, feed.table.key, unread)} end"
    newest = _newest(feed)
    return f"select rowid as id, {key} as k, {newest} as newest, {load} as load, _row_hash from {relation} {where}"


def _newest(feed: Feed) -> str:
    column = feed.table.column(feed.table.newest_by) if feed.table.newest_by else None
    if column is None:
        return "0"
    name = identifier(column.name)
    if column.data_type in ("integer", "decimal"):
        return f"coalesce(try_cast({name} as decimal(38, 6)), -1e30::decimal(38, 6))"
    if column.raw_type == "varchar":
        return f"case when {name} like '____-__-__%' then {name} else '' end"
    # only a date is older than any time of that day
    moment = f"epoch_us(cast({name} as timestamp))"
    return f"coalesce(case when {is_marked(name)} then {moment} - 2 else {moment} end, -9000000000000000000)"


def _said(table: TableSpec, name: str, unread: str) -> str:
    """A value as text: what could not be read, which `unread` says, is compared as it was written."""
    column = table.column(name)
    if column is None or column.raw_type == "varchar":
        return identifier(name)
    written = value_of(unread, literal(column.name))
    return f"coalesce(cast({identifier(name)} as varchar), case when {unread} is not null then {written} end)"


def _text(table: TableSpec, columns: tuple[str, ...], unread: str = UNREAD_AS) -> str:
    return "concat_ws(chr(31), " + ", ".join(f"coalesce({_said(table, name, unread)}, '')" for name in columns) + ")"


def _ids(ids: tuple[int, ...]) -> str:
    return "(" + ", ".join(map(str, ids or (-1,))) + ")"
