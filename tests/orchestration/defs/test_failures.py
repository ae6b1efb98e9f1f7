"""The cause of a failure in one line."""

from orchestration.defs.failures import one_line
from orchestration.errors import ChecksFailedError


def raised(error: Exception, cause: Exception | None = None) -> Exception:
    try:
        raise error from cause
    except Exception as caught:
        return caught


def test_the_projects_own_error_is_the_cause_whatever_is_wrapped_around_it() -> None:
    ours = raised(ChecksFailedError("1 critical check failed:\n  leads_none_lost: 3 leads are missing"))
    wrapped = raised(RuntimeError("Error occurred while executing op"), ours)

    assert one_line(wrapped) == "leads_none_lost: 3 leads are missing"


def test_else_the_innermost_error() -> None:
    assert one_line(raised(RuntimeError("outer"), raised(KeyError("rate")))) == "KeyError: 'rate'"


def test_a_line_is_a_line() -> None:
    assert len(one_line(ValueError("x" * 1000))) == 800
    assert one_line(None) == "unknown"
