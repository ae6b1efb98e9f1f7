"""Rows that only add up the others are no records: totals above or below the data, under any label or none, footers.

A label alone is believed where the row also lacks what the other rows have, its id, or without one its date; a row
without a label only where its numbers are the sums of the others.
"""

import re
from dataclasses import dataclass, replace

import duckdb

from orchestration.extracts.feed import Feed
from orchestration.extracts.read.header import clean_names, position
from orchestration.extracts.read.table import READ_TABLE, ReadTable
from orchestration.extracts.source_specs import TableSpec
from orchestration.extracts.sql import literal, literals
from orchestration.extracts.type.changes import trimmed
from orchestration.extracts.type.money import decimal_sql
from orchestration.extracts.type.summary_words import ANY, FOOTER, LABEL, PROSE, whole_label

_MEASURES = ("decimal", "integer")
_NOT_SUMMED = {
    "probability", "rate", "unit_price", "discount", "value", "response_seconds", "gross_margin", "baseline", "target",
}  # fmt: skip
_APPROXIMATE = {"platform_conversions"}  # platforms count one conversion for several campaigns once in the sum
_NAMES = {
    "ad_spend": ("campaign_id", "campaign_name", "utm_campaign", "ad_group_id", "ad_group_name", "ad_id", "ad_name",
                 "date", "start_date", "platform", "channel"),
    "marketing_costs": ("cost_type", "channel", "campaign", "month", "start_date"),
}  # fmt: skip
# What a record has that a total lacks, beside its name.
_FACTS = ("created_at", "closed_at", "stage", "status", "refunded_at", "touched_at")
_NOTHING = ["-", "--", "—", "–"]
_ROWS = "temp.funnelmart_summaries"


@dataclass(frozen=True)
class _Columns:
    """Numbers of the file's columns: those that say whose the row is, those that each record has besides, and those
    that are summed.
    """

    names: tuple[int, ...]
    facts: tuple[int, ...]
    measures: tuple[int, ...]
    exact: tuple[int, ...]


def leave_out_summaries(connection: duckdb.DuckDBPyConnection, feed: Feed, read: ReadTable) -> ReadTable:
    """Take the rows that are no records out of the table that a reader filled, and count them in `totals`.

    One that calls itself a total but does not add up is named in `doubts`; it is left out where it lacks what records
    have, else it stays.
    """
    gone = _declared(feed) if not feed.is_sheet else None
    if gone is not None:
        return without(connection, read, gone) if gone else read
    if len(read.header) < 2:
        return read
    columns = _columns(feed, read)
    if not _has_candidates(connection, feed, read, columns):
        return read
    _judge(connection, feed, read, columns)
    doubts = _doubts(connection, read, columns)
    return replace(without(connection, read, f"{read.row} in (select _row from {_ROWS} where is_out)"), doubts=doubts)


def _declared(feed: Feed) -> str:
    """What the source's own registry says of its lines of totals."""
    return " or ".join(f"starts_with({trimmed(0)}, {literal(beginning)})" for beginning in feed.table.totals)


def without(connection: duckdb.DuckDBPyConnection, read: ReadTable, condition: str) -> ReadTable:
    """The table without these rows; line numbers stay those of the file."""
    row = connection.execute(f"select count(*) from {READ_TABLE} where {condition}").fetchone()
    if not row or not row[0]:
        return read
    cells = "".join(f", c{number}" for number in range(len(read.header)))
    connection.execute(f"""
        create or replace temp table funnelmart_records as
        select {read.row} as _row, {read.overflow} as _overflow{cells} from {READ_TABLE}
        where not coalesce({condition}, false)""")
    connection.execute(f"drop table {READ_TABLE}")
    connection.execute(f"alter table temp.funnelmart_records rename to {READ_TABLE.rpartition('.')[2]}")
    return replace(read, row="_row", overflow="_overflow", totals=read.totals + int(row[0]))


def _columns(feed: Feed, read: ReadTable) -> _Columns:
    names, measures, exact = clean_names(read.header), list[int](), list[int]()
    identity = names_of(feed.table)
    whose, facts = list[int](), list[int]()
    for column in feed.table.columns:
        number = position(names, feed.fields.get(column.name, column.name), exact=column.name == "source")
        if number is None or column.name in feed.constants:
            continue
        if column.data_type in _MEASURES and column.name not in _NOT_SUMMED:
            measures.append(number)
            exact += [number] if column.name not in _APPROXIMATE else []
        elif column.name in identity:
            whose.append(number)
        elif column.name in _FACTS:
            facts.append(number)
    if feed.unfold:
        periods = [position(names, name) for name in feed.unfold.columns]
        measures += [number for number in periods if number is not None]
        exact = measures
    found = (whose, [number for number in facts if number not in whose], measures, exact)
    return _Columns(*(tuple(dict.fromkeys(numbers)) for numbers in found))


def measures_of(feed: Feed, read: ReadTable) -> tuple[int, ...]:
    """Numbers of the file's columns whose values are added up over rows."""
    return _columns(feed, read).measures


def names_of(table: TableSpec) -> tuple[str, ...]:
    """The columns that say whose a row is: a total has its label in one of them, or in the first cell of the row."""
    return _NAMES.get(table.name) or table.key


def _first_text(read: ReadTable) -> str:
    """The first cell of the row that says anything."""
    cells = ", ".join(f"nullif({trimmed(number)}, '')" for number in range(len(read.header)))
    return f"lower(coalesce({cells}, ''))"


def _label(read: ReadTable, columns: _Columns) -> str:
    """What the row calls itself: a total in its first cell or in place of a name, else what its first cell says."""
    cells = ", ".join([_first_text(read), *(f"lower({trimmed(number)})" for number in columns.names)])
    return f"coalesce(list_filter([{cells}], x -> regexp_matches(x, {literal(LABEL)}))[1], {_first_text(read)})"


def _is_blank(feed: Feed, number: int) -> str:
    words = sorted({"", *_NOTHING, *(word.strip() for word in feed.formats.null_values)})
    return f"{trimmed(number)} in {literals(words)}"


def _is_named(feed: Feed, columns: _Columns) -> str:
    """Whether the row has an id of its own: a deal called `Total: renewal` is one, though it is not closed yet."""
    own = (
        f"not ({_is_blank(feed, number)} or regexp_matches(lower({trimmed(number)}), {literal(LABEL)}))"
        for number in columns.names
    )
    return " and ".join(own) or "false"


def _filled(read: ReadTable) -> str:
    cells = ", ".join(trimmed(number) for number in range(len(read.header)))
    return f"len(list_filter([{cells}], x -> x <> ''))"  # a sum of a thousand terms is nested too deeply to be parsed


def _has_candidates(connection: duckdb.DuckDBPyConnection, feed: Feed, read: ReadTable, columns: _Columns) -> bool:
    """Look once whether a row lacks a name, says that it is a total, or closes a report: most files have none."""
    blanks = "".join(f", count(*) filter ({_is_blank(feed, number)})" for number in columns.names)
    # the first cell of a row is nearly always its first text, which costs more than all else to be made
    texts = [f"case when {trimmed(0)} = '' then {_first_text(read)} end"]
    texts += [f"c{number}" for number in dict.fromkeys((0, *columns.names))]
    labelled = f"bool_or({' or '.join(f'regexp_matches({text}, {literal(ANY)})' for text in texts)})"
    row = connection.execute(f"select {labelled}, count(*){blanks} from {READ_TABLE}").fetchone()
    if not row or not row[1]:
        return False
    if row[0] or any(0 < blank <= max(1, row[1] // 2) for blank in row[2:]):
        return True
    last = f"select * from {READ_TABLE} order by {read.row} desc limit 1"
    return (connection.execute(f"select {_filled(read)} from ({last})").fetchone() or (0,))[0] == 1


def _judge(connection: duckdb.DuckDBPyConnection, feed: Feed, read: ReadTable, columns: _Columns) -> None:
    """Write into `_ROWS` the candidates: what they call themselves, whether they add up, whether they are left out."""
    texts = "".join(f", {trimmed(number)} as x{number}" for number in columns.measures)
    numbers = "".join(
        f", try_cast({decimal_sql(f'x{number}', feed.formats)} as decimal(38, 6)) as v{number}"
        for number in columns.measures
    )
    flags = "".join(f", {_is_blank(feed, number)} as b{number}" for number in (*columns.names, *columns.facts))
    measures = columns.measures
    lacks_a_name = " or ".join(f"(b{n} and s{n})" for n in columns.names) or "false"
    lacks_a_fact = " or ".join(f"(b{n} and s{n})" for n in columns.facts) or "false"
    lacks = f"{lacks_a_name} or not is_named and ({lacks_a_fact})"
    lacks_all = " and ".join(f"(b{n} or not s{n})" for n in columns.names)
    # what calls itself a total says nothing of what records have: a short report has more totals than campaigns
    steady = "".join(
        f", bool_or(b{n}) over () and count(*) filter (b{n} and not is_label) over () "
        f"<= greatest(1, count(*) filter (not is_label) over () / 2) as s{n}"
        for n in (*columns.names, *columns.facts)
    )
    # a part of one row proves nothing, but each of several totals that is the sum of its own part does
    sums = "".join(
        f", sum(v{n}) over () as t{n}, sum(case when not is_candidate then v{n} end) over () as o{n}"
        f", sum(case when not is_candidate then v{n} end) over (partition by above) as a{n}"
        f", sum(case when not is_candidate then v{n} end) over (partition by below) as u{n}"
        for n in measures
    )
    ways = {"whole": "o", "above": "a", "below": "u"}
    tests = {name: _adds_up(columns, sign) for name, sign in ways.items()} | {"half": _adds_up(columns, "t", "2 * ")}
    single = "(others > 1 or matched > 1)"
    matched = " + ".join(f"cast(coalesce(v{n} <> 0, false) as integer)" for n in measures) or "0"
    connection.execute(f"""
        create or replace temp table {_ROWS.rpartition(".")[2]} as
        with cells as (
            select {read.row} as _row, {_label(read, columns)} as label, {_filled(read)} as filled,
                regexp_matches({trimmed(0)}, {literal(PROSE)}) as is_prose,
                {_is_named(feed, columns)} as is_named{texts}{flags}
            from {READ_TABLE}
        ), named as (
            select *, regexp_matches(label, {literal(whole_label())}) as is_label from cells where filled > 0
        ), known as (
            select *{numbers}{steady},
                regexp_matches(label, {literal(LABEL)}) as is_like_label,
                regexp_matches(label, {literal(FOOTER)}) as is_footer,
                max(case when filled > 1 then _row end) over () as last_full
            from named
        ), candidates as (
            select *, {lacks} as lacks, ({lacks_a_name}) and ({lacks_all or "false"}) as lacks_all,
                coalesce(_row > last_full, false) and max(filled) over () > 2 and (
                    max(case when is_footer and _row > coalesce(last_full, 0) then 1 end) over () = 1
                    or is_prose
                ) as is_foot
            from known
        ), marked as (
            select *, is_label or is_like_label or lacks_all or is_foot as is_candidate from candidates
        ), grouped as (
            select *, coalesce(sum(cast(is_candidate as integer)) over (
                    order by _row rows between unbounded preceding and 1 preceding), 0) as above,
                sum(cast(is_candidate as integer)) over (order by _row) as below
            from marked
        ), summed as (
            select *, {matched} as matched, count(*) filter (not is_candidate) over () as others,
                count(*) filter (not is_candidate) over (partition by above) as others_above,
                count(*) filter (not is_candidate) over (partition by below) as others_below{sums}
            from grouped
        ), proved as (
            select *, ({tests["whole"]}) or ({tests["half"]}) as is_whole,
                ({tests["above"]}) and others_above > 1 or ({tests["below"]}) and others_below > 1 as is_part,
                ({tests["above"]}) and others_above > 0 or ({tests["below"]}) and others_below > 0 as is_of_one
            from summed where is_candidate
        ), parted as (
            select *, is_label and count(*) filter (is_label) over () > 1
                and bool_and(is_of_one or not is_label) over () as is_of_parts
            from proved
        )
        select _row, label, is_label, lacks, {"".join(f"v{n}, o{n}, " for n in measures)}
            {matched} > 0 as has_numbers, is_whole or is_part or is_of_parts or max(is_whole) over () as adds_up,
            is_foot
                or (is_label and (lacks or is_whole or is_part or is_of_parts))
                or (is_like_label and (is_whole or is_part) and lacks)
                or (lacks_all and (is_whole and {single} or is_part and matched > 1)) as is_out
        from parted""")


def _adds_up(columns: _Columns, others: str, times: str = "") -> str:
    """Every number that the row has is the sum of the others', but for the rounding of each of them."""
    if not columns.exact:
        return "false"
    total = " + ".join(f"coalesce(abs(v{n}), 0)" for n in columns.exact)
    each = " and ".join(
        f"(v{n} is null or abs({times}v{n} - {others}{n}) <= greatest(0.01, least(0.005 * others, 0.001 * abs(v{n}))))"
        for n in columns.exact
    )
    return f"coalesce({total} > 0 and {each}, false)"


def _doubts(connection: duckdb.DuckDBPyConnection, read: ReadTable, columns: _Columns) -> tuple[str, ...]:
    """Rows that call themselves totals where no row adds up to the others, with the numbers that differ."""
    numbers = "".join(f", v{n}, o{n}" for n in columns.measures)
    rows = connection.execute(f"""
        select _row, label, is_out{numbers} from {_ROWS}
        where is_label and has_numbers and not adds_up order by _row limit 5""").fetchall()
    doubts = []
    for number, label, is_out, *values in rows:
        pairs = zip(columns.measures, values[::2], values[1::2], strict=True)
        unlike = [
            f"{read.header[n].strip()} {_shown(said)}, the rows {_shown(summed)}"
            for n, said, summed in pairs
            if said is not None and said != summed
        ]
        fate = "it is left out" if is_out else "it counts as a row"
        doubts.append(f"line {number} ({label!r}) does not add up the others: {'; '.join(unlike)}; {fate}")
    return tuple(doubts)


def _shown(number: object) -> str:
    return "none" if number is None else re.sub(r"\.?0+$", "", f"{number:f}")
