import datetime as dt

import pytest

from data_checks.masking import mask_row


@pytest.mark.parametrize(
    ("column", "value", "shown"),
    [
        ("lead_key", "hubspot:1234567890", "hubspot:1234567890"),
        ("created_date", dt.date(2025, 6, 1), dt.date(2025, 6, 1)),
        ("created_at", "2025-06-01 10:00:00", "2025-06-01 10:00:00"),
        ("spend", 12.5, 12.5),
        ("lead_key", "sheets:ivan@example.com", "xxxxxx:xxxx@xxxxxxx.xxx"),
        ("lead_id", "+49 30 901820", "+99 99 999999"),
        ("lead_key", "crm:+49 (30) 901820", "xxx:+99 (99) 999999"),
        ("value", "Ivan, 7", "xxxx, 9"),
        ("detail", "called on 1.2.", "xxxxxx xx 9.9."),
    ],
)
def test_keys_and_dates_stay_and_people_are_shown_by_their_shape(column: str, value: object, shown: object) -> None:
    assert mask_row({column: value}) == {column: shown}
