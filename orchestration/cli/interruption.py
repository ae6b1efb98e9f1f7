"""Which signal asked a run to end: Dagster answers them itself, and its error does not say which it was."""

import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager

from orchestration.errors import InterruptedRunError

_ASKED = {signal.SIGINT: 130, signal.SIGTERM: 143}


@contextmanager
def signals_heard() -> Iterator[list[int]]:
    """Note the signals that come within the block; whoever handles them goes on doing so."""
    heard: list[int] = []
    hearing, telling = socket.socketpair()
    for end in (hearing, telling):
        end.setblocking(False)
    before = signal.set_wakeup_fd(telling.fileno(), warn_on_full_buffer=False)
    try:
        yield heard
    finally:
        signal.set_wakeup_fd(before)
        telling.close()
        while numbers := hearing.recv(64):
            heard.extend(numbers)
        hearing.close()


def interruption(heard: list[int]) -> InterruptedRunError | None:
    """Return the error of a run that was asked to end, None where nobody asked."""
    asked = [_ASKED[signal.Signals(number)] for number in heard if number in _ASKED]
    return InterruptedRunError(exit_code=asked[0]) if asked else None
