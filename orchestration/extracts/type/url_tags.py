"""What the links in a sheet's row say of where its record came from, where the row itself does not say it.

The landing page is read by the models, as it is for connectors; this is for every other column that holds links: the
first page of a session, the page of a form, a referrer.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

import duckdb

from orchestration.extracts.feed import Feed
from orchestration.extracts.read.table import READ_TABLE, ReadTable
from orchestration.extracts.sql import literal, literals
from orchestration.extracts.type.changes import add_columns, trimmed

TAGS = ("utm_source", "utm_medium", "utm_campaign", "utm_content", "utm_term")
# Surest first, as in dbt_project/macros/channels/url_tags.sql, where it is said whose they are.
CLICK_IDS = ("gclid", "gbraid", "wbraid", "msclkid", "yclid", "ttclid", "li_fat_id", "fbclid")
TAGGED = rf"(?i)[?&#;](?:{'|'.join((*TAGS, *CLICK_IDS))})=[^&#;\s]"
_CAME = ("leads", "deals", "touches")
_SAY_WHERE = TAGS[:3]


def fill_from_links(
    connection: duckdb.DuckDBPyConnection, feed: Feed, read: ReadTable, columns: dict[str, int]
) -> ReadTable:
    """Fill empty utm_* and click ids from the first link of the row that has such tags; those of a referrer come last.

    A link whose tags contradict the row's own is of another visit and fills nothing, as none does where the landing
    page has tags of its own. A column that is called like a kind of click id (`gclid`) holds that. Columns that the
    file lacks are added.
    """
    free = [number for number in range(len(read.header)) if number not in columns.values()]
    if feed.table.name not in _CAME or not free:
        return read
    linked = sorted(links_among(connection, free), key=lambda number: "refer" in read.header[number].lower())
    clicks = {kind: number for number in reversed(free) if (kind := click_kind(read.header[number]))}
    names = [
        name
        for name in (*TAGS, "click_id", "click_id_type")
        if feed.table.column(name) and name not in feed.constants and (name in columns or name not in feed.fields)
    ]
    if not (linked or clicks) or not names:
        return read
    for name in names:
        if name not in columns:
            columns[name] = len(read.header)
            add_columns(connection, columns[name])
            read = replace(read, header=(*read.header, name))
    connection.execute(_update(feed, columns, linked, clicks, names))
    return read


def click_kind(header: str) -> str | None:
    """The kind of click id that a column is called like: `gclid`, `GCLID`, `Google Click ID (gclid)`."""
    words = re.sub(r"[^a-z_]+", " ", header.lower()).split()
    named = next((kind for kind in CLICK_IDS if kind in words), None)
    return named or ("gclid" if {"google", "click", "id"} == set(words) else None)


def links_among(connection: duckdb.DuckDBPyConnection, numbers: Iterable[int]) -> list[int]:
    """Those of the columns that hold links with tags."""
    may_be = _holding(connection, list(numbers), "contains(c{0}, '=')")  # each pattern takes time before any row does
    return _holding(connection, may_be, f"contains(c{{0}}, '=') and regexp_matches(c{{0}}, {literal(TAGGED)})")


def _holding(connection: duckdb.DuckDBPyConnection, numbers: list[int], test: str) -> list[int]:
    """Those of the columns of which the test holds in any row; it names the column's number as {0}."""
    if not numbers:
        return []
    tests = ", ".join(f"bool_or({test.replace('{0}', str(n))})" for n in numbers)
    row = connection.execute(f"select {tests} from {READ_TABLE}").fetchone() or ()
    return [number for number, holds in zip(numbers, row, strict=True) if holds]


def _update(feed: Feed, columns: dict[str, int], linked: list[int], clicks: dict[str, int], names: list[str]) -> str:
    """One change of all rows that have a link with tags or the id of a click."""
    empty = literals(sorted({"", *(word.strip() for word in feed.formats.null_values)}))

    def said(number: int) -> str:
        return f"case when {trimmed(number)} not in {empty} then {trimmed(number)} end"

    own = {name: said(columns[name]) for name in names}
    given = [(kind, said(clicks[kind])) for kind in CLICK_IDS if kind in clicks]
    if given and "click_id" in names:
        kinds = " ".join(f"when {cell} is not null then {literal(kind)}" for kind, cell in given)
        alone = f"case when ({own['click_id']}) is null then case {kinds} end end"
        own["click_id_type"] = f"coalesce({own.get('click_id_type', 'null')}, {alone})"
        own["click_id"] = f"coalesce({own['click_id']}, {', '.join(cell for _, cell in given)})"
    tagged = ", ".join(f"case when regexp_matches(c{n}, {literal(TAGGED)}) then c{n} end" for n in linked)
    landing = f"c{columns['landing_page']}" if "landing_page" in columns else "null"
    link = f"case when not coalesce(regexp_matches({landing}, {literal(TAGGED)}), false) then coalesce({tagged}) end"
    tags = {name: _tag(name) for name in TAGS}
    tags["click_id"] = f"coalesce({', '.join(map(_tag, CLICK_IDS))})"
    kinds = " ".join(f"when {_tag(name)} is not null then {literal(name)}" for name in CLICK_IDS)
    # an id that the row has itself is of a kind that the link can't know
    tags["click_id_type"] = f"case when own_click_id is null then case {kinds} end end"
    found = ", ".join(f"coalesce(own_{name}, {tags[name]}) as {name}" for name in names)
    agrees = " and ".join(
        f"coalesce(lower(own_{name}) = lower({tags[name]}), true)" for name in _SAY_WHERE if name in names
    )
    held = ", ".join(f"{own[name]} as own_{name}" for name in names)
    kept = ", ".join(f"own_{name}" for name in names)
    missing = "" if "click_id" in names else ", null as own_click_id"
    return f"""
        update {READ_TABLE} set {", ".join(f"c{columns[name]} = found.{name}" for name in names)}
        from (
            select place, {found} from (
                select place, {kept}{", own_click_id" if missing else ""},
                    case when {agrees or "true"} then link end as link
                from (select rowid as place, {link if linked else "cast(null as varchar)"} as link, {held}{missing}
                    from {READ_TABLE})
            )
            where link is not null{" or own_click_id is not null" if given else ""}
        ) as found
        where {READ_TABLE.rpartition(".")[2]}.rowid = found.place"""


def _tag(name: str) -> str:
    """The value of one tag of the link, decoded; null where it has none."""
    said = rf"replace(regexp_extract(link, '(?i)[?&#;]{name}=([^&#;\s]*)', 1), '+', ' ')"
    return f"nullif(nfc_normalize(coalesce(try(url_decode({said})), {said})), '')"
