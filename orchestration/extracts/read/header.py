"""The header of a file: cleaned names, and which of its columns fills which column of the raw table."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from orchestration.errors import ExtractError
from orchestration.extracts.feed import ROW_KEY, Feed

# Columns that extraction itself writes; a file's own column of that name gets a suffix.
META_COLUMNS = ("_file", "_row", "_load_id", "_loaded_at", "_row_hash", "_unreadable", "_unread_as", "_status")


@dataclass
class Mapping:
    """Raw column -> number of the file's column, the file's further columns, and all of its names."""

    columns: dict[str, int] = field(default_factory=dict)
    extras: dict[str, int] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    generated_ids: list[str] = field(default_factory=list)


def clean_names(header: Iterable[str]) -> list[str]:
    """Trimmed names; one that is there before (whatever its case) gets `_2`, `_3`; a blank one stays blank."""
    names: list[str] = []
    taken: set[str] = set()
    for written in header:
        name = re.sub(r"\s+", " ", written.replace("\ufeff", " ").replace("\u200b", " ")).strip()
        names.append(unused(name, taken) if name else "")
        taken.add(names[-1].lower())
    return names


def unused(name: str, taken: set[str]) -> str:
    """`name`, or the first of `name_2`, `name_3`… that isn't among `taken` (lower case)."""
    number, candidate = 1, name
    while candidate.lower() in taken:
        number += 1
        candidate = f"{name}_{number}"
    return candidate


def map_header(feed: Feed, header: Iterable[str], filled_blanks: Iterable[int] = ()) -> Mapping:
    """Find every column that the feed needs.

    A name is matched as it is, else whatever its case; in a sheet, a column that no field names maps to the canonical
    column of its name. `filled_blanks` are the numbers of nameless columns that do hold values: kept as `column_<n>`.

    Raises:
        ExtractError: required columns are missing; the message lists them.
    """
    mapping = Mapping(names=clean_names(header))
    for target, theirs in feed.fields.items():
        number = position(mapping.names, theirs)
        if number is not None:
            mapping.columns[target] = number
    used = set(mapping.columns.values()) if feed.is_sheet else set()
    for column in feed.table.columns:
        # The system a row comes from is part of every key: a column that happens to be called Source must not fill it.
        number = position(mapping.names, column.name, exact=feed.is_sheet and column.name == "source")
        for alias in column.aliases if number is None else ():
            number = position(mapping.names, alias) if number is None else number
        if column.name not in {*mapping.columns, *feed.fields} and number is not None and number not in used:
            mapping.columns[column.name] = number
            used.add(number)
    _require(feed, mapping)
    declared = {column.name.lower() for column in feed.table.columns}
    hashes = {f"{column.name.lower()}_hash" for column in feed.table.columns if column.personal}
    taken = declared | hashes | set(META_COLUMNS)
    filled, kept = set(filled_blanks), set(mapping.columns.values()) if feed.is_sheet else used
    for number, name in enumerate(mapping.names):
        if number not in kept and (name or number in filled):
            extra = unused(name or f"column_{number + 1}", taken)
            mapping.extras[extra] = number
            taken.add(extra.lower())
    return mapping


def position(names: list[str], wanted: str, exact: bool = False) -> int | None:
    """Number of the column called `wanted`: as written, else the first that differs in case or in _ for a space.

    None where `wanted` is empty: so settings say that nothing fills a column, though one is called like it.
    """
    wanted = re.sub(r"\s+", " ", wanted).strip()
    if not wanted:
        return None
    if wanted in names:
        return names.index(wanted)
    folded = [re.sub(r"[ -]", "_", name.lower()) for name in names]
    alike = re.sub(r"[ -]", "_", wanted.lower())
    return folded.index(alike) if alike in folded and not exact else None


def _require(feed: Feed, mapping: Mapping) -> None:
    given = {*mapping.columns, *feed.constants, *feed.defaults}
    missing = [name for name in feed.table.required if name not in given]
    if feed.table.key == ROW_KEY:
        mapping.generated_ids = [name for name in missing if name.endswith("_id") and feed.is_sheet]
        missing = [name for name in missing if name not in mapping.generated_ids]
    one_of = feed.table.one_of
    if one_of and not any(given.issuperset(group) for group in one_of):
        missing.append(" or ".join(", ".join(group) for group in one_of))
    named = [theirs for theirs in (*feed.where, *feed.where_not) if position(mapping.names, theirs) is None]
    if missing or named:
        called = {c.name: " or ".join(c.aliases) for c in feed.table.columns if c.aliases} | feed.fields
        wanted = [f"{name} ({called[name]})" if name in called else name for name in (*missing, *named)]
        found = ", ".join(name for name in mapping.names if name) or "none"
        raise ExtractError(f"lacks required columns: {', '.join(wanted)}; its columns are {found[:500]}")
