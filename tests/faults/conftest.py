"""Tried, survived, lost: printed at the end of a run of these tests."""

from collections.abc import Iterator

import pytest

from tests.orchestration.extracts.conftest import workspace  # noqa: F401  a fixture

_outcomes: dict[str, str] = {}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo) -> Iterator[None]:
    report = yield
    if "tests/faults/" in item.nodeid and (report.when == "call" or report.outcome != "passed"):
        _outcomes[item.nodeid] = report.outcome
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    count = list(_outcomes.values()).count
    if _outcomes:
        tried = count("passed") + count("failed")
        terminalreporter.write_line(
            f"faults: {tried} tried, {count('passed')} survived, {count('failed')} lost, {count('skipped')} skipped"
        )
