"""The time zone that a column of its own names: `TimeZone` beside times without one, as payment systems export them."""

import re

from orchestration.add_source.evidence import Column
from orchestration.add_source.proposal import Proposal, typed
from orchestration.add_source.vocabulary import plain
from orchestration.add_source.zones import zone_in
from orchestration.extracts.source_specs import TableSpec

_CALLED = {"timezone", "zeitzone", "tz", "huso", "fuso", "tijdzone", "tidszon"}
_OF_MONEY = ("deals", "refunds")
_CLOCK = re.compile(r"\d:\d\d")
_ZONED = re.compile(r":\d\d(?:\.\d+)? ?(?:Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)$")


def settle_zone_beside(made: Proposal, table: TableSpec) -> None:
    """Times that name no zone are in that of the column beside them; several zones, or one unknown, are doubted."""
    # that of a lead is rather where it lives
    beside = next(filter(_is_zone, made.look.columns), None) if made.entity in _OF_MONEY else None
    columns = [column for column in typed(made, table, ("timestamp",)) if _is_bare(column)]
    bare = [column for column in columns if column.name not in made.timezones]
    if beside is None or not bare:
        return
    found = {value: zone_in(f"({re.sub(r' *[(].*', '', value)})") for value in beside.meant}
    zones = {zone.name for zone in found.values() if zone and zone.name}
    names = ", ".join(column.name for column in bare)
    if len(zones) == 1 and all(zone and zone.name for zone in found.values()):
        (zone,) = zones
        made.timezones |= {column.name: zone for column in bare}
        made.note(f"{names}: times are in {zone}, as {beside.name} says ({next(iter(found))!r}, `timezones`)")
    else:
        shown = ", ".join(map(repr, sorted(found)[:4]))
        made.doubt(
            f"{beside.name} says in which zone the times of {names} are ({shown}), which no setting reads row by row",
            f"export times in one zone and name it: `timezones: {{{bare[0].name}: Europe/Berlin}}`; else the "
            "workspace's is taken",
        )
    made.unplaced = [column for column in made.unplaced if column is not beside]


def _is_zone(column: Column) -> bool:
    words = plain(column.name).split()
    return bool(column.filled) and (bool(_CALLED & set(words)) or words[-2:] == ["time", "zone"])


def _is_bare(column: Column) -> bool:
    """Whether some of its values are times of the day, and none names a zone."""
    return any(map(_CLOCK.search, column.some)) and not any(map(_ZONED.search, column.some))
