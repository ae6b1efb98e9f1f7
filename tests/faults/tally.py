"""Counts faults, not tests: `make test-faults` loads this and prints tried, survived, lost and skipped with reasons.

In pieces: each pytest with FUNNELMART_TALLY=FILE adds its tests to the file (a test that is tried again counts as it
went last), and `python -m tests.faults.tally FILE` prints the sum.
"""

import json
import os
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.rows import ROWS

Outcomes = dict[str, tuple[str, str]]  # test: how it went, why it was skipped
_outcomes: Outcomes = {}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo) -> Iterator[None]:
    """Note how each test went."""
    report = yield
    if report.when == "call" or report.outcome != "passed":
        why = str(report.longrepr[-1]).removeprefix("Skipped: ") if isinstance(report.longrepr, tuple) else ""
        _outcomes[item.nodeid.removeprefix("tests/")] = (report.outcome, why)
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the figures of docs/reliability.md, or keep them for the sum of several pieces."""
    kept = os.environ.get("FUNNELMART_TALLY")
    if kept:
        with open(kept, "a", encoding="utf-8") as file:
            file.writelines(f"{json.dumps([test, *how])}\n" for test, how in _outcomes.items())
        return
    for line in figures(_outcomes):
        terminalreporter.write_line(line)


def figures(outcomes: Outcomes) -> Iterator[str]:
    """Say how many faults were tried, survived, lost and skipped, then the same of tests beyond the list."""
    of_test = defaultdict(list)
    for test, (outcome, _) in outcomes.items():
        of_test[test.partition("[")[0]].append(outcome)
    verdicts = {row: [o for test in tests for o in of_test.get(test, ["missing"])] for row, tests in ROWS.items()}
    lost = sorted(row for row, found in verdicts.items() if {"failed", "missing"} & set(found))
    skipped = sorted(row for row, found in verdicts.items() if row not in lost and "passed" not in found)
    survived = len(verdicts) - len(lost) - len(skipped)
    yield f"faults: {survived + len(lost)} tried, {survived} survived, {len(lost)} lost {lost or ''}".rstrip()
    yield f"skipped: {len(skipped)} {skipped or ''}".rstrip()
    of_rows = {test for tests in ROWS.values() for test in tests}
    others = [outcome for test, found in of_test.items() for outcome in found if test not in of_rows]
    yield f"beyond the list: {len(others)} tests, {others.count('failed')} lost, {others.count('skipped')} skipped"
    for test, (outcome, why) in sorted(outcomes.items()):
        if outcome == "skipped":
            yield f"  skipped {test}: {why}"
        elif outcome == "failed":
            yield f"  lost {test}"


if __name__ == "__main__":
    lines = map(json.loads, Path(sys.argv[1]).read_text(encoding="utf-8").splitlines())
    print("\n".join(figures({test: (outcome, why) for test, outcome, why in lines})))
