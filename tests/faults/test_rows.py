"""The list of faults names tests that exist."""

from tests.faults.rows import ROWS, defined


def test_each_fault_is_restated_by_tests_that_are_there() -> None:
    assert [test for tests in ROWS.values() for test in tests if not defined(test)] == []
