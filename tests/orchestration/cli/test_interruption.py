"""A run that somebody stops says so, with the exit code that shells expect."""

import os
import signal

import pytest

from orchestration.cli.interruption import interruption, signals_heard


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_the_signal_says_the_exit_code(number: signal.Signals, code: int) -> None:
    before = signal.signal(number, lambda *_: None)
    try:
        with signals_heard() as heard:
            os.kill(os.getpid(), number)
    finally:
        signal.signal(number, before)
    error = interruption(heard)
    assert error is not None
    assert (str(error), error.exit_code) == ("interrupted; nothing was published", code)


def test_nobody_asked() -> None:
    with signals_heard() as heard:
        pass
    assert interruption(heard) is None
