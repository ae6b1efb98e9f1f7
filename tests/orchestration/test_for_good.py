"""What a command sets up is left alone by the collector of garbage for as long as the command lives, no longer."""

import gc
from threading import Event, Thread

import pytest

from orchestration.for_good import for_good, one_life


def test_the_collector_leaves_alone_what_is_made_for_good_until_the_command_ends() -> None:
    with one_life():
        with for_good():
            assert not gc.isenabled()
            made = [object() for _ in range(10)]
        assert gc.isenabled()
        assert gc.get_freeze_count() > 0
        assert made
    assert gc.get_freeze_count() == 0


def test_garbage_is_looked_for_again_when_the_last_thread_has_done() -> None:
    begun, done = Event(), Event()

    def set_up() -> None:
        with for_good():
            begun.set()
            done.wait()

    other = Thread(target=set_up)
    with one_life():
        with for_good():
            other.start()
            begun.wait()
        assert not gc.isenabled()
        done.set()
        other.join()
        assert gc.isenabled()


def test_a_failure_leaves_the_collector_as_it_was() -> None:
    with pytest.raises(ValueError, match="broken"), one_life(), for_good():
        raise ValueError("broken")
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0
