"""What a command imports and sets up for its whole life, which Python need not look through for garbage."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def one_life() -> Iterator[None]:
    """The life of a command: at its end what was made `for_good` may be garbage as anything else."""
    try:
        yield
    finally:
        gc.unfreeze()


@contextmanager
def for_good() -> Iterator[None]:
    """What is made within the block stays: garbage is not looked for there now (a quarter of the time), nor later."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
