"""What a long step says while it works: to the terminal where one listens, else to the log of the step."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

Listener = Callable[[str], None]
_listeners: list[Listener] = []


def say(message: str) -> None:
    """Tell whoever listens; without a listener it goes to standard output, which Dagster keeps with the run."""
    for listener in _listeners or [print]:
        listener(message)


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Hear what is said within the block."""
    _listeners.append(listener)
    try:
        yield
    finally:
        _listeners.remove(listener)
