"""People in any text: what is an address or a telephone by its form, and what only looks a little like one."""

import pytest

from orchestration.extracts.type.in_text import customer, is_several_words, pseudonym, without_people

KEY = b"k" * 32
ANN, PHONE = pseudonym("ann@example.com", KEY), pseudonym("+491510000001", KEY)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Ann@Example.com", ANN),
        ("Retarget ann@example.com, again", f"Retarget {ANN}, again"),
        ("Ann Abel (ann@example.com);Ben <ann@example.com>", f"{ANN};{ANN}"),
        ("/p?utm_content=ann%40example.com&gclid=1", f"/p?utm_content={ANN}&gclid=1"),
        ("+49 (0)151 000-0001", PHONE),
        ("call +491510000001!", f"call {PHONE}!"),
        ("/p?utm_term=%2B491510000001", f"/p?utm_term={PHONE}"),
        ("(030) 123-4567", pseudonym("0301234567", KEY)),
        ("8 (495) 123-45-67", pseudonym("84951234567", KEY)),
        ("555-123-4567", pseudonym("5551234567", KEY)),
        ("20% off @ store", "20% off @ store"),
        ("Spring (2024) 10-20-30-40", "Spring (2024) 10-20-30-40"),
        ("01-02-2024", "01-02-2024"),
        ("2024-01-05 10:00", "2024-01-05 10:00"),
        ("120243641616090734", "120243641616090734"),
        ("A+B 100 200 300", "A+B 100 200 300"),
        ("shoes+40+41+42+43", "shoes+40+41+42+43"),
    ],
)
def test_addresses_and_telephones_have_a_form(text: str, shown: str) -> None:
    assert without_people(text, None, KEY) == shown


def test_a_region_tells_telephones_within_a_text() -> None:
    text = "call back 0151 00000010, offer 0924-1"
    assert without_people(text, None, KEY) == text
    assert without_people(text, "DE", KEY) == f"call back {pseudonym('+4915100000010', KEY)}, offer 0924-1"


@pytest.mark.parametrize(
    ("key", "shown"),
    [("ann@example.com", ANN), ("+49 151 0000001", PHONE), ("555-123-4567", "555-123-4567"), ("C+49151", "C+49151")],
)
def test_a_key_may_look_like_anything(key: str, shown: str) -> None:
    assert without_people(key, None, KEY, is_key=True) == shown


def test_customers_by_name() -> None:
    assert customer("John  Made-Up", None, KEY) == customer("JOHN Made-up", None, KEY) != customer("Jane", None, KEY)
    assert customer("ann@example.com", None, KEY) == ANN
    assert [is_several_words(text) for text in ("John Made-Up", "C-100", "ACME 12", "Анна Иванова")] == [
        True,
        False,
        False,
        True,
    ]
