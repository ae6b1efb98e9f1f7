"""Quarters among the months of a tracker: rows that only add up others."""

from typing import Any

import pytest

from tests.orchestration.extracts.conftest import Workspace

MONTHS = [("Jan 2026", "Google Ads", "100"), ("Feb 2026", "Google Ads", "200"), ("Mar 2026", "Google Ads", "300.50")]


def _land(workspace: Workspace, *rows: tuple[str, str, str]) -> tuple[Any, str]:
    lines = "".join(f'"{period}",{channel},{spend}\n' for period, channel, spend in rows)
    workspace.write("spend.csv", f"Period,Channel,Cost\n{lines}")
    result = workspace.land(
        "ad_spend",
        {"files": "spend.csv", "fields": {"date": "Period", "channel": "Channel", "spend": "Cost"},
         "formats": {"period": "range"}},
    )  # fmt: skip
    (money,) = workspace.rows("select sum(spend) from raw_sheets.ad_spend")
    return result, money[0]


@pytest.mark.parametrize("at", [0, 1, 3])
def test_a_quarter_is_left_out_where_its_months_are_there(workspace: Workspace, at: int) -> None:
    rows = [*MONTHS[:at], ("Q1 2026", "Google Ads", "600.50"), *MONTHS[at:]]
    result, money = _land(workspace, *rows)
    assert (result.rows_in, result.rows_landed, result.rows_totals, money) == (4, 3, 1, "600.5")
    assert not result.notes


def test_a_quarter_without_its_months_counts(workspace: Workspace) -> None:
    result, money = _land(workspace, *MONTHS, ("Q1 2026", "LinkedIn", "600.50"), ("Q4 2025", "Google Ads", "50"))
    assert (result.rows_totals, money) == (0, "1251")


def test_a_quarter_that_is_not_the_sum_of_its_months_counts_and_is_named(workspace: Workspace) -> None:
    result, money = _land(workspace, *MONTHS, ("Q1 2026", "Google Ads", "700"))
    assert (result.rows_totals, money) == (0, "1300.5")
    assert "line 5 ('Q1 2026') holds 700, the rows of periods within it 600.5; it counts as a row" in str(result.notes)


def test_a_running_quarter_of_one_month_is_told_by_the_one_before(workspace: Workspace) -> None:
    rows = [*MONTHS, ("Q1 2026", "Google Ads", "600.50"), ("Apr 2026", "Google Ads", "70")]
    result, money = _land(workspace, *rows, ("Q2 2026", "Google Ads", "70"))
    assert (result.rows_totals, money) == (2, "670.5")


def test_one_month_alone_proves_nothing(workspace: Workspace) -> None:
    result, money = _land(workspace, ("Apr 2026", "Google Ads", "70"), ("Q2 2026", "Google Ads", "70"))
    assert (result.rows_totals, money) == (0, "140")
    assert "line 3 ('Q2 2026') holds 70, the rows of periods within it 70; it counts as a row" in str(result.notes)
