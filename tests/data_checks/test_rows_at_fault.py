"""Checks by SQL ask for their rows once; how many there are is right also beyond what is fetched."""

from collections.abc import Callable, Iterator

import pytest
import sqlalchemy
from sqlalchemy import event

from data_checks.results import CheckResult

Spoil = Callable[..., dict[str, CheckResult]]
LEADS = 300  # of the good warehouse; 200 rows at fault are fetched at most


@pytest.fixture
def asked() -> Iterator[list[str]]:
    """Every statement that goes to the warehouse by SQLAlchemy."""
    statements: list[str] = []

    def hear(connection: object, cursor: object, statement: str, *rest: object) -> None:
        statements.append(statement)

    event.listen(sqlalchemy.Engine, "before_cursor_execute", hear)
    yield statements
    event.remove(sqlalchemy.Engine, "before_cursor_execute", hear)


def test_rows_are_asked_for_once(check: Spoil, asked: list[str]) -> None:
    result = check("update intermediate.int_leads set response_seconds = -1 where lead_key = 'crm:L7'", "leads_values")

    assert (result["leads_values"].success, result["leads_values"].unexpected_count) == (False, 1)
    assert len([statement for statement in asked if "response_seconds" in statement]) == 1


def test_more_rows_than_are_fetched_are_counted(check: Spoil) -> None:
    result = check("update intermediate.int_leads set response_seconds = -1", "leads_values")["leads_values"]

    assert (result.success, result.unexpected_count, len(result.samples)) == (False, LEADS, 10)
