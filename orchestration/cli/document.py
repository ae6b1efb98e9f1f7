"""What commands print for programs: one JSON document."""

import datetime as dt
import json
import math
import sys
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any


def print_json(document: Any) -> None:
    """Print one JSON document."""
    try:
        text = json.dumps(document, default=_plain, ensure_ascii=False, indent=2, allow_nan=False)
    except ValueError:  # a number that is none: JSON has no word for it
        text = json.dumps(as_plain(document), ensure_ascii=False, indent=2)
    sys.stdout.write(f"{text}\n")


def as_plain(value: Any) -> Any:
    """Return the value in types of JSON alone; what JSON has no word for becomes text, names of members too."""
    if isinstance(value, Mapping):
        return {_name(name): as_plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [as_plain(one) for one in value]
    if isinstance(value, float) and not math.isfinite(value):
        return json.dumps(value)  # NaN, Infinity
    if value is None or isinstance(value, bool | int | float | str):
        return value
    try:
        return as_plain(_plain(value))
    except TypeError:
        return str(value)


def _name(value: Any) -> str:
    plain = as_plain(value)
    return plain if isinstance(plain, str) else json.dumps(plain, ensure_ascii=False)


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value.is_finite() and value == value.to_integral_value() else float(value)
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no place in JSON")
