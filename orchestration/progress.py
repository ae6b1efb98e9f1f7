"""What a long step says while it works: to the terminal where one listens, else to the log of the step."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Listener = Callable[[str], None]
_listeners: list[Listener] = []
NOTE = "note: "


def say(message: str) -> None:
    """Tell whoever listens; without a listener it goes to standard output, which Dagster keeps with the run."""
    for listener in _listeners or [print]:
        listener(message)


def note(message: str) -> None:
    """Tell what people should know although nothing failed: shown on the terminal too."""
    say(f"{NOTE}{message}")


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Hear what is said within the block."""
    _listeners.append(listener)
    try:
        yield
    finally:
        _listeners.remove(listener)


class FileProgress:
    """Says how far the reading of a large file is, and how fast it goes; one for each step."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._file = ""
        self._since = self._before = 0.0

    def __call__(self, file: str, done: int, whole: int) -> None:
        """`done` and `whole` are bytes of the file."""
        if file != self._file:
            self._file, self._since, self._before = file, self._clock(), done
        seconds = self._clock() - self._since
        rate = f", {(done - self._before) / 1e6 / seconds:.1f} MB/s" if seconds > 0 else ""
        say(f"{file}: {done / max(whole, 1):.0%} of {whole / 1e6:.1f} MB{rate}")
