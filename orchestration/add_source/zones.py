"""The time zone that a header names: `Created (UTC)`, `Created at (GMT+03:00)`, `Submitted (America/New_York)`."""

import re
from typing import NamedTuple
from zoneinfo import available_timezones

# What people call zones; in the United States the winter's name all year round.
_CALLED = {
    "America/New_York": "EST EDT ET Eastern",
    "America/Denver": "MDT MT Mountain",
    "America/Los_Angeles": "PST PDT PT Pacific",
    "America/Chicago": "CDT CT Central",
    "Europe/London": "BST",
    "Europe/Berlin": "CET CEST MEZ MESZ",
    "Europe/Athens": "EET EEST",
    "Europe/Moscow": "MSK МСК Moscow",
    "Asia/Tokyo": "JST",
    "Asia/Singapore": "SGT",
    "Australia/Sydney": "AEDT",
}
_ZONES = {name: zone for zone, names in _CALLED.items() for name in names.split()}
_SEVERAL = {"CST", "IST", "MST", "AST", "AEST", "SST", "WST"}  # of several countries, or with and without summer time
_HALF = {"+05:30": "Asia/Kolkata", "+03:30": "Asia/Tehran", "+05:45": "Asia/Kathmandu", "+09:30": "Australia/Darwin"}

_NAMED = re.compile(r"\b[A-Z][A-Za-z]+(?:/[A-Za-z_]+)+")
_OFFSET = re.compile(r"(?<![A-Za-z])(?:UTC|GMT) ?([-+\u2212]) ?(\d{1,2})(?::?(\d\d))?(?!\d)")
_UTC = re.compile(r"(?<![A-Za-z])(UTC|GMT)(?![A-Za-z+-])")
# in brackets, or the last word where it is written as such names are
_WORD = re.compile(
    r"[(\[] ?(?:[Ii]n )?([^\W\d_]{2,8})(?: (?:[Ss]tandard |[Dd]aylight )?[Tt]ime)? ?[)\]]|\s([A-ZМСК]{3,4})$"
)


class Zone(NamedTuple):
    """What stands in the header, and the zone (IANA) that it means; None where that can't be told."""

    said: str
    name: str | None


def zone_in(header: str) -> Zone | None:
    """The zone that the header names, if it names one."""
    for named in _NAMED.findall(header):
        if named in available_timezones():
            return Zone(named, named)
    if match := _OFFSET.search(header):
        return Zone(match[0], _fixed(match[1], int(match[2]), match[3] or "00"))
    if match := _UTC.search(header):
        return Zone(match[0], "UTC")
    if match := _WORD.search(header):
        word = match[1] or match[2]
        called = word.capitalize() if len(word) > 4 else word  # `(est)` is estimated
        return Zone(word, _ZONES.get(called)) if called in {*_ZONES, *_SEVERAL} else None
    return None


def _fixed(sign: str, hours: int, minutes: str) -> str | None:
    """A zone that is always so many hours ahead; the names of such have the sign turned."""
    ahead = sign == "+"
    if minutes != "00":
        return _HALF.get(f"{'+' if ahead else '-'}{hours:02}:{minutes}")
    name = f"Etc/GMT{'-' if ahead else '+'}{hours}"
    return "UTC" if hours == 0 else name if name in available_timezones() else None
