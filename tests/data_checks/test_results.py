import datetime as dt
import json
from decimal import Decimal

import pytest

from data_checks.messages import figure
from data_checks.results import CHECK_COLUMNS, CheckResult, to_rows


def test_rows_have_the_columns_of_meta_checks() -> None:
    result = CheckResult(
        "leads", "leads_freshness", "intermediate.int_leads", "warning", False, 12, 1, Decimal(7), "too old",
        [{"source": "crm", "newest": dt.date(2025, 6, 18)}],
    )  # fmt: skip
    berlin = dt.timezone(dt.timedelta(hours=2))
    (row,) = to_rows([result], dt.datetime(2025, 6, 30, 8, 0, tzinfo=berlin))
    assert list(row) == list(CHECK_COLUMNS)
    assert row["observed"] == "12"
    assert row["checked_at"] == dt.datetime(2025, 6, 30, 6, 0)
    assert json.loads(row["samples"]) == [{"source": "crm", "newest": "2025-06-18"}]


@pytest.mark.parametrize(("value", "unit", "said"), [(1, "days", "1 day"), (2, "days", "2 days"), (1, "rows", "1")])
def test_one_day_is_a_day(value: int, unit: str, said: str) -> None:
    assert figure(value, unit) == said


@pytest.mark.parametrize(
    ("success", "nothing", "verdict", "stored"),
    [(True, False, "passed", True), (False, False, "failed", False), (True, True, "nothing_to_check", None)],
)
def test_nothing_to_check_is_a_verdict_of_its_own(
    success: bool, nothing: bool, verdict: str, stored: bool | None
) -> None:
    result = CheckResult("leads", "x", "t", "critical", success, 0, 0, None, "", [], nothing)
    (row,) = to_rows([result], dt.datetime(2025, 6, 30))
    assert (result.verdict, row["verdict"], row["success"]) == (verdict, verdict, stored)


def test_nothing_observed_stays_null() -> None:
    result = CheckResult("leads", "x", "t", "critical", False, None, 0, None, "the check could not run")
    (row,) = to_rows([result], dt.datetime(2025, 6, 30))
    assert row["observed"] is None
    assert result.blocks
