"""What every part of the settings is built on: no unknown keys, and the shapes in which people write values."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import available_timezones

from pydantic import BaseModel, ConfigDict

from orchestration.settings.place import cut, near


class Strict(BaseModel):
    """An unknown key is a mistake, never ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def as_list(value: Any) -> list[str]:
    """One value or several, as text."""
    return ["" if item is None else str(item) for item in (value if isinstance(value, list) else [value])]


def texts(value: Any) -> Any:
    """A mapping whose values are text; what is no mapping is left for pydantic to complain about."""
    return {str(k): v if v is None else str(v) for k, v in value.items()} if isinstance(value, Mapping) else value


def lists(value: Any) -> Any:
    """A mapping whose values are lists of text; what is no mapping is left as it is."""
    return {str(k): as_list(v) for k, v in value.items()} if isinstance(value, Mapping) else value


def known_timezone(value: str | None) -> str | None:
    """An IANA name, or nothing."""
    if value is not None and value not in available_timezones():
        meant = near(value, available_timezones())
        raise ValueError(f"unknown time zone {cut(value)}; expected an IANA name such as Europe/Berlin{meant}")
    return value


def known_currency(value: str | None) -> str | None:
    """Three letters, brought to upper case, or nothing."""
    if value is not None and not (len(value) == 3 and value.isascii() and value.isalpha()):
        raise ValueError(f"{cut(value)} is no currency; expected an ISO 4217 code such as EUR")
    return value.upper() if value else value
