"""Telephone numbers that need no parsing: only those that parsing gives back as they are."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from phonenumbers import COUNTRY_CODE_TO_REGION_CODE

from orchestration.extracts.type.phones import is_e164, phone

NUMBERS = st.builds(
    lambda code, rest: f"+{code}{rest}",
    st.sampled_from(sorted(COUNTRY_CODE_TO_REGION_CODE)),
    st.text("00112345678", min_size=2, max_size=13),
)


@settings(max_examples=500, deadline=None, database=None)
@given(NUMBERS)
def test_a_number_taken_as_it_is_is_what_parsing_gives(number: str) -> None:
    assert not is_e164(number) or phone(number, "DE") == number


@pytest.mark.parametrize(
    ("written", "taken"),
    [
        ("+491701234567", True),
        ("+390612345678", True),  # an Italian zero belongs to the number
        ("+4901701234567", False),  # a prefix for calls within Germany doesn't
        ("+49", False),
        ("+49 170 1234567", False),
        ("01701234567", False),
        ("+999123456789", False),  # no country
    ],
)
def test_which_numbers_are_taken_as_they_are(written: str, taken: bool) -> None:
    assert is_e164(written) is taken
