"""What a command imports and sets up for its whole life, which Python need not look through for garbage."""

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_lock = threading.Lock()
_at_it = 0


@contextmanager
def one_life() -> Iterator[None]:
    """The life of a command: at its end what was made `for_good` may be garbage as anything else."""
    try:
        yield
    finally:
        gc.unfreeze()


@contextmanager
def for_good() -> Iterator[None]:
    """What is made within the block stays: garbage is not looked for there now (a quarter of the time), nor later.

    Several threads may be at it; garbage is looked for again when the last has done.
    """
    global _at_it
    with _lock:
        _at_it += 1
        gc.disable()
    try:
        yield
    finally:
        with _lock:
            _at_it -= 1
            if not _at_it:
                gc.freeze()
                gc.enable()
