"""Samples of failing rows without personal data: what could be a person's is shown by its shape only."""

import re
from typing import Any

# Free text of the extract: nobody knows what people wrote there.
_FREE_TEXT = frozenset({"value", "detail", "lost_reason", "disqualified_reason", "full_name", "email", "phone"})
# Also behind the source of a key, as in `crm:+49 30 901820`.
_PHONE = re.compile(r"(\w+:)?(\+[\d\s().-]{6,}|\(?\d{2,5}\)?[\s.-]\d[\d\s.-]{4,})")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}([ T].*)?")


def shape(text: str) -> str:
    """Return the shape of a text: letters as x, digits as 9, the rest as it is."""
    return "".join("x" if c.isalpha() else "9" if c.isdigit() else c for c in text)


def mask_value(value: Any, column: str = "") -> Any:
    """Return the value if it is a number, a date or a key; the shape of what is free text, an e-mail or a phone."""
    if not isinstance(value, str):
        return value
    if column in _FREE_TEXT or "@" in value or (_PHONE.fullmatch(value) and not _DATE.fullmatch(value)):
        return shape(value)
    return value


def mask_row(row: dict[str, Any]) -> dict[str, Any]:
    """Return the row with each value masked as its column asks."""
    return {column: mask_value(value, column) for column, value in row.items()}
