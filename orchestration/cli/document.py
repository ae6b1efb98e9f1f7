"""What commands print for programs: one JSON document."""

import datetime as dt
import json
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any


def print_json(document: Any) -> None:
    """Print one JSON document."""
    json.dump(document, sys.stdout, default=_plain, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")


def as_plain(document: Any) -> Any:
    """Return the document in types of JSON alone; what JSON has no word for becomes text."""
    return json.loads(
        json.dumps(document, default=_plain_or_text, ensure_ascii=False, allow_nan=True), parse_constant=str
    )


def _plain_or_text(value: Any) -> Any:
    try:
        return _plain(value)
    except TypeError:
        return str(value)


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no place in JSON")
