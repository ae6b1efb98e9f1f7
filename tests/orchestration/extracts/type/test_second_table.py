"""Several tables in one sheet: what a second one says is not added to what the first one says."""

from collections.abc import Sequence
from typing import Any

import pytest

from tests.orchestration.add_source.conftest import book
from tests.orchestration.extracts.conftest import Workspace

SPEND = {"campaign_name": "Campaign", "date": "Date", "spend": "Cost", "clicks": "Clicks"}
CAMPAIGNS = [
    ("Date", "Campaign", "Cost", "Clicks"),
    ("2026-03-01", "Brand", "10.50", "3"),
    ("2026-03-02", "Brand", "20.50", "4"),
]
DEVICES = [
    ("Date", "Device", "Cost", "Clicks"),
    ("2026-03-01", "Mobile", "10.50", "3"),
    ("2026-03-02", "Desktop", "20.50", "4"),
]


def _csv(*rows: Sequence[str]) -> str:
    return "".join(",".join(row) + "\n" for row in rows)


def _land(workspace: Workspace, name: str, content: str | bytes) -> Any:
    workspace.write(name, content)
    return workspace.land("ad_spend", {"files": name, "fields": SPEND, "constants": {"platform": "ads"}})


@pytest.mark.parametrize(
    ("name", "content", "line"),
    [
        ("report.csv", _csv(*CAMPAIGNS, (), *DEVICES), 5),
        (
            "report.csv",
            _csv(
                *CAMPAIGNS, ("Device", "Date", "Clicks", "Cost"), ("Mobile", "2026-03-01", "3", "10.50"), CAMPAIGNS[1]
            ),
            4,
        ),
        ("report.xlsx", book(Report=[*CAMPAIGNS, (), *DEVICES]), 5),
    ],
    ids=["by another column", "in another order", "workbook"],
)
def test_a_second_table_refuses_the_file(workspace: Workspace, name: str, content: str | bytes, line: int) -> None:
    result = _land(workspace, name, content)
    (reason,) = result.refused.values()
    assert f"line {line} begins another table (" in reason
    assert result.rows_landed == 0


def test_the_same_header_once_more_is_only_a_line(workspace: Workspace) -> None:
    """As where two exports were put one below the other; one of their names comes twice."""
    rows = [(*row, row[1]) for row in CAMPAIGNS]
    result = _land(workspace, "report.csv", _csv(*rows, *rows))
    assert workspace.rows("select count(*), sum(spend) from raw_sheets.ad_spend where _unreadable is null") == [
        (4, "62")
    ]
    assert result.rows_landed == 5


def test_values_that_a_column_is_called_by_begin_no_table(workspace: Workspace) -> None:
    row = ("2026-03-02", "Campaign", "Cost", "4")
    _land(workspace, "report.csv", _csv(*CAMPAIGNS, row))
    assert workspace.rows("select count(*), sum(spend) from raw_sheets.ad_spend") == [(3, "31")]
