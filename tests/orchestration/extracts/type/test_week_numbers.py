"""Weeks of the year where the settings expect months."""

from typing import Any

import pytest

from tests.orchestration.extracts.conftest import Workspace


def _land(workspace: Workspace, *months: str, **block: Any) -> Any:
    workspace.write("costs.csv", "month,cost_type,amount\n" + "".join(f"{month},Tools,5\n" for month in months))
    return workspace.land("marketing_costs", {"files": "costs.csv", **block})


@pytest.mark.parametrize("formats", [{}, {"period": "month"}])
def test_weeks_are_no_months_though_some_could_be(workspace: Workspace, formats: dict[str, str]) -> None:
    (reason,) = _land(workspace, "202611", "202612", "202613", "202614", formats=formats).refused.values()
    assert "holds '202613' in 'month', which is a week of its year and no month" in reason


def test_months_are_read_beside_what_is_neither(workspace: Workspace) -> None:
    result = _land(workspace, "202611", "202612", "soon", "202699")
    assert (result.refused, result.rows_landed, result.rows_unreadable) == ({}, 4, 2)


def test_a_week_that_the_settings_call_a_month_is_one(workspace: Workspace) -> None:
    result = _land(workspace, "202612", "202613", values={"month": {"202613": "2026-12-01"}})
    assert (result.refused, result.rows_landed, result.rows_unreadable) == ({}, 2, 0)
