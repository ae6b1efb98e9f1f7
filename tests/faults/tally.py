"""Counts faults, not tests: `make test-faults` loads this and prints tried, survived, lost, skipped."""

from collections import defaultdict
from collections.abc import Iterator

import pytest

from tests.faults.rows import ROWS, WITHOUT

_outcomes: dict[str, list[str]] = defaultdict(list)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo) -> Iterator[None]:
    """Note how each test went, by its function."""
    report = yield
    if report.when == "call" or report.outcome != "passed":
        _outcomes[item.nodeid.partition("[")[0].removeprefix("tests/")].append(report.outcome)
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the figures of docs/reliability.md."""
    verdicts = {row: [o for test in tests for o in _outcomes.get(test, ["missing"])] for row, tests in ROWS.items()}
    lost = sorted(row for row, found in verdicts.items() if {"failed", "missing"} & set(found))
    skipped = sorted(row for row, found in verdicts.items() if row not in lost and "passed" not in found)
    survived = len(verdicts) - len(lost) - len(skipped)
    write = terminalreporter.write_line
    write(f"faults: {survived + len(lost)} tried, {survived} survived, {len(lost)} lost {lost or ''}".rstrip())
    write(f"skipped: {len(skipped) + len(WITHOUT)} {skipped or ''}".rstrip())
    for reason in sorted(set(WITHOUT.values())):
        write(f"  {', '.join(str(row) for row, why in WITHOUT.items() if why == reason)}: {reason}")
    others = [outcome for test, found in _outcomes.items() for outcome in found if test not in _of_rows()]
    write(f"beyond the list: {len(others)} tests, {others.count('failed')} lost, {others.count('skipped')} skipped")


def _of_rows() -> set[str]:
    return {test for tests in ROWS.values() for test in tests}
