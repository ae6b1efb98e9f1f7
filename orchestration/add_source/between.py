"""What several files say together: the same rows in two of them, ids that one of them lost the noughts of."""

import tempfile
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import duckdb

from orchestration.add_source.proposal import Proposal
from orchestration.extracts.feed import sheet_feeds
from orchestration.extracts.find.content import fetch, unpack
from orchestration.extracts.find.discover import discover_sheet
from orchestration.extracts.read.file import read_file
from orchestration.extracts.source_specs import TableSpec
from orchestration.extracts.sql import identifier, literal
from orchestration.extracts.type.adapt import adapt
from orchestration.extracts.type.prepare import INCOMING, prepare
from orchestration.settings import Settings
from orchestration.temporary import in_memory

_DAYS = ("date", "start_date", "end_date")
_BY = ("platform", "channel", "utm_source", "account_id", "campaign_id", "campaign_name", "ad_group_name", "ad_name")
_MONEY = {"ad_spend": "spend", "deals": "amount", "refunds": "amount"}
_MANY = 200_000  # rows of a file that are compared
_SHARE = 0.5
_WHOLE = "row "  # before the hash of a row that has no id
_FEWEST = 2


def doubt_copies(after: Settings, blocks: Sequence[tuple[int, Proposal]], tables: Mapping[str, TableSpec]) -> None:
    """Doubt files of which half the rows or more stand in another one too, with the money that would count twice.

    Compared are days of the same campaigns, else keys (whole rows where there are none), of the files that are added
    and of those that are there.
    """
    for entity in {proposal.entity for _, proposal in blocks} & {"ad_spend", "leads", "deals", "refunds"}:
        contents = _contents(after, tables[entity])
        new = {(number, file): made for number, made in blocks for file in _files(contents, number)}
        met: list[tuple[int, str]] = []
        for place in contents:
            for other in met:
                if place in new or other in new:
                    _compare(entity, new.get(place) or new[other], place, other, contents)
            met.append(place)
        if entity == "ad_spend":
            _doubt_overviews(after, new, contents)


def _doubt_overviews(
    after: Settings,
    new: Mapping[tuple[int, str], Proposal],
    contents: Mapping[tuple[int, str], Mapping[str, tuple[Decimal, str]]],
) -> None:
    """A sheet whose money is that of all other sheets of its workbook says it once more, by month or channel."""
    totals = {place: sum((money for money, _ in rows.values()), Decimal()) for place, rows in contents.items()}
    for place, made in new.items():
        others = [total for other, total in totals.items() if other != place and other[1] == place[1] and total]
        if totals[place] and len(others) > 1 and abs(totals[place] - sum(others)) <= totals[place] / 200:
            made.doubt(
                f"sheet {after.sheets[place[0]].formats.sheet!r} of {place[1]} holds spend of "
                f"{totals[place].normalize():f}, as much as its {len(others)} other sheets: it may add them up",
                "leave it out, or the other ones: else the money counts twice",
            )


def _compare(
    entity: str,
    proposal: Proposal,
    place: tuple[int, str],
    other: tuple[int, str],
    contents: Mapping[tuple[int, str], Mapping[str, tuple[Decimal, str]]],
) -> None:
    one, two = contents[place], contents[other]
    both = one.keys() & two.keys()
    least = min(len(one), len(two))
    whole = any(key.startswith(_WHOLE) for key in both)
    if not both or len(both) < (min(_FEWEST, least) if whole else _SHARE * least):
        return
    if entity != "ad_spend" and not whole and any(one[key] != two[key] for key in both):
        return  # equal ids of two systems: their rows have other money or another day
    money = sum((min(one[key][0], two[key][0]) for key in both), Decimal())
    what = "days of the same campaigns" if entity == "ad_spend" else "whole rows" if whole else "ids"
    proposal.doubt(
        f"{place[1]} and {other[1]} have {len(both)} {what} in common"
        + (f": {_MONEY[entity]} of {money.normalize():f} would count twice" if money else ""),
        "leave one of them out, or take out of one what the other holds",
    )


def _files(contents: Mapping[tuple[int, str], object], number: int) -> list[str]:
    return [file for position, file in contents if position == number]


def _contents(after: Settings, table: TableSpec) -> dict[tuple[int, str], dict[str, tuple[Decimal, str]]]:
    """Block and file -> key of a row -> its money, and when it was created."""
    found: dict[tuple[int, str], dict[str, tuple[Decimal, str]]] = {}
    for feed in sheet_feeds(after, table):
        if feed.position is None:
            continue
        whole = after.sheets[feed.position].key == "row"
        if whole and table.name == "ad_spend":
            continue
        for file in discover_sheet(after, feed.position):
            if not file.is_local:
                continue
            with tempfile.TemporaryDirectory(prefix="funnelmart-") as name, in_memory(Path(name)) as connection:
                path = unpack(fetch(file, Path(name)), Path(name))
                read = read_file(
                    connection, path, file.name, feed.formats, feed.expected, Path(name), layout=feed.layout
                )
                prepared = prepare(connection, feed, adapt(connection, feed, read))
                found[feed.position, file.name] = _rows(
                    connection, table, prepared.columns, after.reporting.currency, whole
                )
    return found


def _rows(
    connection: duckdb.DuckDBPyConnection, table: TableSpec, columns: Sequence[str], reporting: str, whole: bool
) -> dict[str, tuple[Decimal, str]]:
    names = [*_DAYS, *_BY] if table.name == "ad_spend" else table.key
    key = ", ".join(f"coalesce(cast({identifier(name)} as varchar), '')" for name in names if name in columns)
    if whole:
        key = f"{literal(_WHOLE)} || _row_hash"
    if table.name == "ad_spend":  # money of two currencies is not the same money
        key += f", coalesce({'upper(currency)' if 'currency' in columns else 'null'}, {literal(reporting)})"
    money = _MONEY.get(table.name)
    amount = f"sum(try_cast({identifier(money)} as decimal(38, 6)))" if money and money in columns else "0"
    created = "min(cast(created_at as varchar))" if "created_at" in columns else "''"
    rows = connection.execute(
        f"select concat_ws(chr(31), {key}), coalesce({amount}, 0), coalesce({created}, '') from {INCOMING} "
        f"where _status = 'landed' and _unreadable is null group by 1 limit {_MANY}"
    ).fetchall()
    return {row[0]: (Decimal(row[1]), row[2]) for row in rows}


def doubt_links(proposals: Sequence[Proposal]) -> None:
    """Doubt references that find their records only when noughts in front are left out of account."""
    leads = {value for made in proposals if made.entity == "leads" for value in _ids(made, "lead_id")}
    for made in proposals:
        if made.entity != "deals" or made.fields.get("lead_id") in (None, made.fields.get("deal_id")) or not leads:
            continue
        stripped = {value.lstrip("0") for value in leads if value.startswith("0")}
        lost = sorted(value for value in _ids(made, "lead_id") if value in stripped)
        if lost:
            known = [value for value in lost if value in leads]
            made.doubt(
                f"{made.fields['lead_id']} lost its noughts in front: {lost[0]!r} is {'0' * 3}… in the leads"
                + (f", and there is another lead {known[0]!r}" if known else ""),
                "export the deals again with that column as text",
            )


def _ids(made: Proposal, name: str) -> set[str]:
    return set(made.look.column(made.fields[name]).values) if name in made.fields else set()
