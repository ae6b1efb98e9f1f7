"""What a command sets up is left alone by the collector of garbage for as long as the command lives, no longer."""

import gc

import pytest

from orchestration.cli.for_good import for_good, one_life


def test_the_collector_leaves_alone_what_is_made_for_good_until_the_command_ends() -> None:
    with one_life():
        with for_good():
            assert not gc.isenabled()
            made = [object() for _ in range(10)]
        assert gc.isenabled()
        assert gc.get_freeze_count() > 0
        assert made
    assert gc.get_freeze_count() == 0


def test_a_failure_leaves_the_collector_as_it_was() -> None:
    with pytest.raises(ValueError, match="broken"), one_life(), for_good():
        raise ValueError("broken")
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0
