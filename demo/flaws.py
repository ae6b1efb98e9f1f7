"""What real extracts have and nobody asks for: rows that can't be read, rows that contradict themselves, a broken file.

A handful of each, tied to record ids, so that both extracts of a record have the same flaw.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from demo.records import Deal, Lead

Row = list[Any]


def contacts(rows: list[Row], first_extract: bool) -> list[Row]:
    """Merged-away copies and a row split by a comma (first extract); test records and impossible times (second)."""
    if not rows:
        return rows
    if first_extract:
        copies = [["TRUE", row[1], row[2] + 1, *row[3:]] for row in rows if _merged(row[2])]
        split = [*rows[0]]
        split[2], split[7:8] = rows[0][2] + 2, ["Meyer", " Schulz & Partner"]  # its export forgot the quotes
        return [*rows, *copies, split]
    tests = []
    for number in range(12):
        row = [*rows[0]]
        row[2], row[3], row[4] = 59_000_000 + number, f"test+{number}@standfest.example", ""
        row[10] = f"2025-02-{number + 3:02d} 09:15:00"
        row[22:24] = ["test", "test"]
        tests.append(row)
    future, unreadable = [*rows[1]], [*rows[2]]
    future[2], future[3], future[4], future[10] = 59_100_001, "zeitreise@mail.example", "", "2052-06-01 10:00:00"
    unreadable[2], unreadable[3], unreadable[4], unreadable[10] = 59_100_002, "ohne.datum@mail.example", "", "#N/A"
    return [*rows, *tests, future, unreadable]


def merges(leads: Sequence[Lead]) -> Iterator[tuple[int, int, dt.datetime]]:
    """Contacts that people merged: kept id, gone id, when."""
    return ((lead.id, lead.id + 1, lead.created + dt.timedelta(days=3)) for lead in leads if _merged(lead.id))


def merged_deals(deals_: Sequence[Deal]) -> Iterator[tuple[int, int]]:
    """Deals that people merged: kept id, gone id."""
    return ((deal.id, deal.id + 1) for deal in deals_ if _nth(deal.id, 1200, 11))


def deals(rows: list[Row], first_extract: bool) -> list[Row]:
    """Deals that are refused (unreadable amount, unknown currency), flagged, deleted or merged away."""
    made: list[Row] = []
    for row in rows:
        number = row[0]
        if row[4] == "closedwon":
            if _nth(number, 150, 7):
                row[8] = ""  # won, and nobody wrote for how much
            elif _nth(number, 260, 19):
                row[11] = ""  # won, and nobody wrote when
            elif _nth(number, 400, 23):
                row[8] = "ca. 2-3k"  # no number
            elif _nth(number, 400, 29):
                row[9] = "XTS"  # no rate for it
            elif _nth(number, 400, 31):
                row[11] = "2026-05-04 10:00:00"  # won in the future
            elif _nth(number, 500, 37):
                row[11] = _days_before(row[10], 2)  # won before it was made
        elif _nth(number, 400, 41):
            row[1] = "true"
        if _nth(number, 1200, 11):
            made.append([number + 1, "true", *row[2:]])
    return [*rows, *made]


def meta_spend(rows: list[Row], taken: dt.datetime) -> list[Row]:
    """A credit as negative spend, a spreadsheet's error as spend, a day that hasn't come."""
    if len(rows) > 3 and (taken.year, taken.month) == (2025, 1):
        for number, value in ((1, "-12.40"), (2, "#ERROR!")):
            row = [*rows[-number]]
            row[0], row[5] = f"{row[0]}9{number}", value
            rows.append(row)
        future = [*rows[0]]
        future[0], future[1] = f"{future[0]}99", "2042-01-01"
        rows.append(future)
    return rows


BROKEN_FILE = "facebook_ads_basic_ad_data_manual_20250512.csv"
BROKEN_TEXT = (
    "ad_id,date,account_id,impressions,inline_link_clicks\n"  # taken by hand, without the spend
    "238512345000110101,2025-05-10,1700252260223815,4100,31\n"
    "238512345000110102,2025-05-10,1700252260223815,3900,28\n"
)


def _days_before(moment: str, days: int) -> str:
    return str(dt.datetime.fromisoformat(moment) - dt.timedelta(days=days))


def _nth(number: int, every: int, offset: int) -> bool:
    return number // 7 % every == offset


def _merged(number: int) -> bool:
    return number // 3 % 700 == 5
