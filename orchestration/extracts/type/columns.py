"""How each column of a raw table is read from a file's cells, as SQL: quickly where that does, else elaborately."""

from dataclasses import dataclass

from orchestration.extracts.feed import Feed
from orchestration.extracts.read.header import Mapping
from orchestration.extracts.read.table import ReadTable
from orchestration.extracts.source_specs import ColumnSpec
from orchestration.extracts.sql import identifier, literal, literals
from orchestration.extracts.type.cells import Cells
from orchestration.extracts.type.clock_words import spaced
from orchestration.extracts.type.quick import quick, quick_text
from orchestration.extracts.type.stored import given, stored
from orchestration.extracts.type.values import TOO_LARGE, canonical, why_unread


@dataclass(frozen=True)
class Reading:
    """One column, in three steps of SQL: what is `written` and quickly read, how the rest is `spelled`, its `value`.

    The first two are None where the quick way reads all. `held` is the name of the value without its default; `final`
    is the named column with its default, `hashed` its canonical text. `bad` tests whether a value is there that could
    not be read, `problem` then says which and why; both None where every value is known to be readable.
    """

    column: ColumnSpec
    written: str | None
    spelled: str | None
    value: str
    held: str
    final: str
    hashed: str
    bad: str | None = None
    problem: str | None = None


def readings(feed: Feed, declared: list[ColumnSpec], mapping: Mapping, read: ReadTable, cells: Cells) -> list[Reading]:
    """How each of the declared columns is read."""
    made = []
    for column in declared:
        if column.name in feed.constants or column.name not in mapping.columns:
            made.append(_given(feed, column))
        elif column.name in cells.elaborate:
            made.append(_elaborate(feed, column, mapping.columns[column.name], read))
        else:
            made.append(_quick(feed, column, mapping.columns[column.name], read))
    return made


def _given(feed: Feed, column: ColumnSpec) -> Reading:
    """What the settings say, the same in each row."""
    text = feed.constants.get(column.name, feed.all_defaults.get(column.name))
    value = given(text, column)
    return Reading(column, None, None, value, _held(column), _final(column, _held(column), None, None), literal(text))


def _quick(feed: Feed, column: ColumnSpec, number: int, read: ReadTable) -> Reading:
    cell, held = f"f{number}", _held(column)
    value = quick(cell, column, feed.formats, column.timezone or feed.timezone, read.typed)
    assert value is not None
    default = feed.all_defaults.get(column.name)
    hashed = f"coalesce({quick_text(cell, held, column, feed.formats)}, {literal(default)})"
    return Reading(column, None, None, value, held, _final(column, held, cell, default), hashed)


def _elaborate(feed: Feed, column: ColumnSpec, number: int, read: ReadTable) -> Reading:
    """The quick way first, the elaborate one for what it leaves; neither for values that the settings mean."""
    held, zone = _held(column), column.timezone or feed.timezone
    cell, written, quickly, spelled = f"f{number}", *(identifier(f"{x}_{column.name}") for x in "wqn")
    renamed = feed.values.get(column.name, {})
    if emptied := [value.strip() for value, meant in renamed.items() if not meant.strip()]:
        cell = f"case when {cell} not in {literals(emptied)} then {cell} end"
    meant_by = {value.strip(): meant.strip() for value, meant in renamed.items() if meant.strip()}
    first = None if meant_by or column.data_type == "text" else quick(cell, column, feed.formats, zone, read.typed)
    read_as = canonical(written, column.data_type, feed.formats, zone, read.typed)
    if meant_by:
        keys, meanings = (", ".join(map(literal, texts)) for texts in (meant_by, meant_by.values()))
        read_as = f"coalesce(map([{keys}], [{meanings}])[{written}], {read_as})"
    if first:
        read_as = f"case when {quickly} is null then {read_as} end"
    value = f"coalesce({quickly}, {stored(spelled, column)})" if first else stored(spelled, column)
    default = feed.all_defaults.get(column.name)
    known = f"case when {quickly} is not null then {quick_text(written, quickly, column, feed.formats)} end, "
    hashed = f"coalesce({known if first else ''}{spelled}, {written}, {literal(default)})"
    bad = problem = None
    if column.data_type != "text":
        bad = f"({written} is not null and {held} is null)"
        why = why_unread(written, column.data_type)
        reason = f"case when {spelled} is not null then {literal(TOO_LARGE)} else {why} end"
        problem = f"{{'column': {literal(column.name)}, 'value': {written}, 'reason': {reason}}}"
    texts = f"{spaced(cell, column.data_type)} as {written}" + (f", {first} as {quickly}" if first else "")
    final = _final(column, held, written, default)
    return Reading(column, texts, f"{read_as} as {spelled}", value, held, final, hashed, bad, problem)


def _final(column: ColumnSpec, held: str, written: str | None, default: str | None) -> str:
    """A default stands where the file's value is empty, not where it can't be read."""
    if default is None or written is None:
        return f"{held} as {identifier(column.name)}"
    value = f"case when {written} is null then {given(default, column)} else {held} end"
    return f"{value} as {identifier(column.name)}"


def _held(column: ColumnSpec) -> str:
    return identifier(f"v_{column.name}")
