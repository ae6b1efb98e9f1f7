"""Numbers with what they count."""

import pytest

from orchestration.counted import counted


@pytest.mark.parametrize(
    ("count", "words", "said"),
    [
        (1, ("row",), "1 row"),
        (0, ("row",), "0 rows"),
        (2000, ("row",), "2,000 rows"),
        (2, ("copy", "copies"), "2 copies"),
    ],
)
def test_a_number_asks_for_its_form(count: int, words: tuple[str, ...], said: str) -> None:
    assert counted(count, *words) == said
