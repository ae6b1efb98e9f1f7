"""A mapping proved before it is written: every file is read with it, as landing would."""

import json
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from orchestration.add_source.rates import Rates
from orchestration.add_source.refusals import Rule, rules_of
from orchestration.counted import counted
from orchestration.errors import ExtractError
from orchestration.extracts.feed import Feed, sheet_feeds
from orchestration.extracts.find.content import fetch, unpack
from orchestration.extracts.find.discover import discover_sheet
from orchestration.extracts.find.listing import FoundFile
from orchestration.extracts.limits import check_columns
from orchestration.extracts.read.file import read_file
from orchestration.extracts.source_specs import TableSpec
from orchestration.extracts.sql import identifier
from orchestration.extracts.type.adapt import adapt
from orchestration.extracts.type.in_text import as_refused
from orchestration.extracts.type.prepare import INCOMING, Prepared, prepare
from orchestration.settings import Settings
from orchestration.temporary import in_memory


@dataclass
class Proof:
    """Rows of all files of one block: those that can be used, those that would go to quarantine, and why some do.

    `totals` are rows that only add up others (not among `rows`), `doubts` those that say so and do not.
    """

    rows: int = 0
    used: int = 0
    refused: int = 0
    left_out: int = 0
    empty: int = 0
    totals: int = 0
    doubts: list[str] = field(default_factory=list)
    currency: str | None = None  # amounts that bear another currency than the one they would count in
    by_rule: int = 0  # of the refused ones, those that could be read
    reasons: dict[str, int] = field(default_factory=dict)


def prove(settings: Settings, position: int, table: TableSpec, rates: Rates | None = None) -> Proof:
    """Read the files of the block at `position` of `sources.sheets` by the rules of a run; nothing is kept.

    Raises:
        ExtractError: a file can't be read with it, or it gives not one row that can be used.
    """
    feed = next(feed for feed in sheet_feeds(settings, table) if feed.position == position)
    rules = rules_of(table, settings, feed.currency, rates)
    return prove_feed(feed, discover_sheet(settings, position), rules)


def prove_feed(feed: Feed, files: Sequence[FoundFile], rules: Sequence[Rule] = ()) -> Proof:
    """Read the files as the feed says; nothing is kept.

    Raises:
        ExtractError: as above.
    """
    proof = Proof()
    for found in files:
        try:
            read_as_a_run(feed, found, rules, proof)
        except ExtractError as error:
            raise ExtractError(f"{found.name}: {error}") from error
    if not proof.used and not proof.by_rule:
        why = "; ".join(f"{reason} ({counted(count, 'row')})" for reason, count in list(proof.reasons.items())[:5])
        raise ExtractError(f"{', '.join(found.name for found in files)}: not one row could be used: {why or 'no rows'}")
    return proof


def read_as_a_run(feed: Feed, found: FoundFile, rules: Sequence[Rule], proof: Proof) -> None:
    """Read one file and add what became of its rows.

    Raises:
        ExtractError: the file can't be read, or lacks required columns.
    """
    with tempfile.TemporaryDirectory(prefix="funnelmart-") as name, in_memory(Path(name)) as connection:
        folder = Path(name)
        path = unpack(fetch(found, folder), folder)
        read = read_file(connection, path, found.name, feed.formats, feed.expected, folder, layout=feed.layout)
        check_columns(len(read.header))
        read = adapt(connection, feed, read)
        proof.totals += read.totals
        proof.doubts += read.doubts
        proof.currency = proof.currency or read.currency_doubt
        prepared = prepare(connection, feed, read)
        _add(connection, feed, prepared, proof)
        _judge(connection, prepared, rules, proof)


def _add(connection: duckdb.DuckDBPyConnection, feed: Feed, prepared: Prepared, proof: Proof) -> None:
    needed = [name for name in feed.table.required if name in prepared.columns]
    lacks = [f"{identifier(name)} is null" for name in needed]
    dated = [[name for name in group if name in prepared.columns] for group in feed.table.one_of]
    whole = [group for group, wanted in zip(dated, feed.table.one_of, strict=True) if len(group) == len(wanted)]
    undated = " and ".join(f"({' or '.join(f'{identifier(name)} is null' for name in group)})" for group in whole)
    lacking = " or ".join([*lacks, *([undated] if undated else [])]) or "false"
    row = connection.execute(f"""
        select count(*), count(*) filter (_status = 'empty'), count(*) filter (_status in ('filtered', 'duplicate')),
            count(*) filter (_status = 'refused' or _status = 'landed' and (_unreadable is not null or {lacking}))
        from {INCOMING}""").fetchone() or (0, 0, 0, 0)
    rows, empty, left_out, refused = map(int, row)
    proof.rows += rows
    proof.empty += empty
    proof.left_out += left_out
    proof.refused += refused
    proof.used += rows - empty - left_out - refused
    _add_reasons(connection, needed, proof)
    if undated:
        query = f"select count(*) from {INCOMING} where _status = 'landed' and _unreadable is null and {undated}"
        if count := int((connection.execute(query).fetchone() or (0,))[0]):
            proof.reasons[f"{' or '.join(map(', '.join, whole))}: empty"] = count


def _judge(connection: duckdb.DuckDBPyConnection, prepared: Prepared, rules: Sequence[Rule], proof: Proof) -> None:
    """Rows that can be read and that a run refuses nevertheless."""
    if not rules:
        return
    columns = sorted({name for rule in rules for name in rule.columns if name in prepared.columns})
    cells = "".join(f", cast({identifier(name)} as varchar) as {identifier(name)}" for name in columns)
    query = f"select count(*){cells} from {INCOMING} where _status = 'landed' and _unreadable is null group by all"
    reasons = Counter(proof.reasons)
    for count, *values in connection.execute(query).fetchall():
        row = dict(zip(columns, values, strict=True))
        found = [reason for rule in rules if (reason := rule.refuses(row))]
        if found:
            reasons.update(dict.fromkeys(found, count))
            proof.refused += count
            proof.by_rule += count
            proof.used -= count
    proof.reasons = dict(reasons.most_common())


def _add_reasons(connection: duckdb.DuckDBPyConnection, needed: list[str], proof: Proof) -> None:
    """Why rows would go to quarantine, by column and value."""
    reasons = Counter(proof.reasons)
    query = (
        f"select _unreadable, count(*) from {INCOMING} where _status = 'landed' and _unreadable is not null group by 1"
    )
    for listed, count in connection.execute(query).fetchall():
        for one in json.loads(listed):
            reasons[f"{one['column']}: {as_refused(one['value'])!r} is {one['reason']}"] += count
    counts = ", ".join(
        ["count(*) filter (_status = 'refused')"]
        + [f"count(*) filter (_status = 'landed' and {identifier(name)} is null)" for name in needed]
    )
    row = connection.execute(f"select {counts} from {INCOMING}").fetchone() or ()
    told = ["more fields than the header", *(f"{name}: empty" for name in needed)]
    reasons.update({reason: count for reason, count in zip(told, row, strict=True) if count})
    proof.reasons = dict(reasons.most_common())
