"""Deals without leads: a column of their file, which nothing reads, that holds ids of leads."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

import duckdb

from orchestration.extracts.feed import sheet_feeds
from orchestration.extracts.own_source import names_source, own_source
from orchestration.extracts.sources import SHEETS, load_sources
from orchestration.extracts.sql import identifier, literals
from orchestration.settings import Settings
from orchestration.views.reader import rows
from orchestration.views.suggestions.suggestion import Change, Suggestion

_LOST = """
    select source, count(*) as rows, coalesce(sum(abs(amount)), 0) as money
    from fct_deals
    where lead_key is null and not is_deleted and not is_test and exists (select 1 from fct_leads)
    group by source order by source
"""
_SHARE = 0.5  # of the values, that are ids of leads


def deals_without_leads(
    mart: duckdb.DuckDBPyConnection, settings: Settings, raw: duckdb.DuckDBPyConnection | None
) -> list[Suggestion]:
    """By source of deals; `raw` is the working database, in which a column that would link them is looked for."""
    made = []
    for row in rows(mart, _LOST):
        count, money = row["rows"], Decimal(row["money"])
        position = _block_of(settings, row["source"])
        column = _column(raw, settings, position) if raw is not None and position is not None else None
        change = None
        if column is not None and position is not None:
            change = Change(("sources", "sheets", position, "fields"), entries={"lead_id": column})
        made.append(Suggestion("link", row["source"], "deals", count, money, (column,) if column else (), change))
    return made


def _block_of(settings: Settings, source: str) -> int | None:
    """The only block of deals of that source that names no column of leads."""
    found = [
        position
        for position, sheet in enumerate(settings.sheets)
        if sheet.entity == "deals" and "lead_id" not in {**sheet.fields, **sheet.constants}
        and source == (sheet.constants.get("source") if names_source(sheet) else own_source(settings, position))
    ]  # fmt: skip
    return found[0] if len(found) == 1 else None


def _column(raw: duckdb.DuckDBPyConnection, settings: Settings, position: int) -> str | None:
    """The column of the block's files of which most values are ids of leads; the raw layer keeps what nothing reads."""
    table = load_sources()[SHEETS].tables["deals"]
    label = next(feed.label for feed in sheet_feeds(settings, table) if feed.position == position)
    built = "select 1 from information_schema.tables where table_schema = 'intermediate' and table_name = 'int_leads'"
    if not raw.execute(built).fetchone():
        return None
    canonical = {name.lower() for name in table.raw_columns}
    named = raw.execute(
        "select column_name from duckdb_columns() where schema_name = 'raw_sheets' and table_name = 'deals' order by 1"
    ).fetchall()
    free = [name for (name,) in named if name.lower() not in canonical and not name.startswith("_")]
    best = max(_shares(raw, label, free), default=None)
    return best[1] if best and best[0] >= _SHARE else None


def _shares(raw: duckdb.DuckDBPyConnection, label: str, columns: Sequence[str]) -> Iterable[tuple[float, str]]:
    for column in columns:
        row = raw.execute(f"""
            with given as (
                select distinct trim({identifier(column)}) as id from raw_sheets.deals
                where _load_id in (select load_id from landing.files where feed in {literals([label])})
                    and trim({identifier(column)}) <> ''
            )
            select count(*), count(known.lead_id) from given
            left join (select distinct lead_id from intermediate.int_leads) as known on given.id = known.lead_id
        """).fetchone()
        if row and row[1] > 1:
            yield row[1] / row[0], column
