"""When sales works."""

import datetime as dt
import re

from pydantic import field_validator

from orchestration.settings.place import cut
from orchestration.settings.strict import Strict

_HOURS = "09:00-18:00"


class Calendar(Strict):
    """When sales works, in the reporting zone: hours or `closed` by weekday, and holidays."""

    monday: str = _HOURS
    tuesday: str = _HOURS
    wednesday: str = _HOURS
    thursday: str = _HOURS
    friday: str = _HOURS
    saturday: str = "closed"
    sunday: str = "closed"
    holidays: list[dt.date] = []

    @field_validator("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    @classmethod
    def _readable(cls, value: str) -> str:
        _seconds_of(value)
        return value

    def hours(self) -> list[tuple[int, int, int]]:
        """Weekday (0 Monday), second of the day at which work begins, second at which it ends; open days only."""
        week = [self.monday, self.tuesday, self.wednesday, self.thursday, self.friday, self.saturday, self.sunday]
        spans = [(weekday, _seconds_of(text)) for weekday, text in enumerate(week)]
        return [(weekday, *span) for weekday, span in spans if span is not None]


def _seconds_of(text: str) -> tuple[int, int] | None:
    """`09:00-18:00` as seconds of the day; None for `closed`."""
    if text == "closed":
        return None
    found = re.fullmatch(r"(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})", text)
    numbers = [int(part) for part in found.groups()] if found else [0, 0, 0, 0]
    opens, closes = numbers[0] * 3600 + numbers[1] * 60, numbers[2] * 3600 + numbers[3] * 60
    if not opens < closes <= 86400:
        raise ValueError(f"{cut(text)}: expected hours such as 09:00-18:00, or closed")
    return opens, closes
