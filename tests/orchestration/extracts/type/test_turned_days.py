"""An export of a colleague whose system writes the month first, where the settings say day first."""

from typing import Any

import pytest

from tests.orchestration.extracts.conftest import Workspace


def _land(workspace: Workspace, *days: str, **formats: str) -> Any:
    rows = "".join(f"{number},{day}\n" for number, day in enumerate(days))
    workspace.write("leads.csv", f"lead_id,created_at\n{rows}")
    return workspace.land("leads", {"files": "leads.csv", "formats": {"date": "%m/%d/%Y", **formats}})


@pytest.mark.parametrize(
    ("days", "formats"),
    [
        (("01/03/2026", "02/03/2026", "13/03/2026"), {}),
        (("01/03/2026 10:00", "13/03/2026 10:00"), {"timestamp": "%m/%d/%Y %H:%M"}),
    ],
)
def test_days_the_other_way_round_refuse_the_file(
    workspace: Workspace, days: tuple[str, ...], formats: dict[str, str]
) -> None:
    (reason,) = _land(workspace, *days, **formats).refused.values()
    assert f"holds {days[-1]!r} in 'created_at', which is no %m/%d/%Y" in reason
    assert "but %d/%m/%Y" in reason


@pytest.mark.parametrize(
    "days",
    [
        ("01/03/2026", "03/13/2026", "13/03/2026"),  # both ways: only what can't be read is refused
        ("01/03/2026", "02/03/2026", "soon"),
    ],
)
def test_else_only_the_rows_that_can_not_be_read_are_refused(workspace: Workspace, days: tuple[str, ...]) -> None:
    result = _land(workspace, *days)
    assert (result.refused, result.rows_landed, result.rows_unreadable) == ({}, 3, 1)
