"""How a file writes days and times, and which of two numbers is the day."""

import datetime as dt
import re

from orchestration.add_source.evidence import Column, Reading, days, hours, reads, swapped
from orchestration.add_source.proposal import Proposal, typed
from orchestration.add_source.zones import zone_in
from orchestration.extracts.source_specs import TableSpec
from orchestration.extracts.type.periods import period_in
from orchestration.settings import Formats

MOMENTS = ("date", "timestamp", "month", "epoch")
_MANY_TIMES = 20
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ](\d\d:\d\d(?::\d\d)?)(?:\.\d+)? ?(?:Z|[+-]\d\d:?\d\d)")
_DAY_FIRST = re.compile(r"%[dm]([./-])%[dm]\1%y")


def settle_moments(made: Proposal, table: TableSpec) -> None:
    """Formats of days and of times, zones that headers name."""
    columns = typed(made, table, MOMENTS)
    for key, way in (("date", "dates"), ("timestamp", "times")):
        readings = [
            (reading, column)
            for column in columns
            if (reading := getattr(column, way)) and column.readable("timestamp", Formats()) < len(column.some)
        ]
        if readings:
            # a column that leaves no doubt decides for the others
            best, column = max(readings, key=lambda found: (not found[0].is_ambiguous, found[0].count))
            made.formats[key] = decided(made, best, column)
            for reading, other in readings:
                doubt_mixed(made, reading, other)
                _year_first(made, other, str(made.formats[key]))
                _turned_by_excel(made, other, str(made.formats[key]))
            if key == "timestamp":
                _twelve(made, column, best.format)
    for column in typed(made, table, ("date",)):
        doubt_shifted(made, column)
    for column in typed(made, table, ("timestamp",)):
        settle_zone(made, column.name)
        _zone_of_values(made, column)


def doubt_shifted(made: Proposal, column: Column) -> None:
    """Days that a program wrote as moments: midnight in Berlin is 23:00 in UTC of the day before, which would count."""
    moments = [match for value in column.some if (match := _MOMENT.fullmatch(value))]
    late = [match for match in moments if match[1] not in ("00:00", "00:00:00")]
    if late and len(moments) == len(column.some) and len({match[1] for match in moments}) < 3:
        made.doubt(
            f"{column.name} holds moments with a zone, such as {late[0][0]}, that may be midnight of another day "
            "elsewhere; counted is the day that stands there",
            "export days without times, or mend the column",
        )


def settle_zone(made: Proposal, column: str) -> None:
    """The zone that the header of a column of times names; one that can't be told is doubted."""
    said = zone_in(column)
    if said is None:
        return
    if said.name:
        made.timezones[column] = said.name
        made.note(f"{column} is in {said.name}, as its header says (`timezones`)")
    else:
        made.doubt(
            f"{column} is in a time zone that its header calls {said.said!r}, as several are",
            f"name it: `timezones: {{{column!r}: Area/City}}`, such as America/Chicago; else the workspace's is taken",
        )


def _zone_of_values(made: Proposal, column: Column) -> None:
    """The zone behind each of the times, which their format holds as it is written."""
    end, written = column.zone_at_end, str(made.formats.get("timestamp", ""))
    if end is None or end[1] in "+-" or not written.endswith(end):
        return
    zone = zone_in(f"({end.strip()})")
    if zone and zone.name:
        made.timezones.setdefault(column.name, zone.name)
        made.note(f"{column.name} is in {zone.name}, as its values say ({zone.said}); others would be refused")
    else:
        made.doubt(
            f"the times of {column.name} end in {end.strip()!r}, as those of several zones do",
            f"name it: `timezones: {{{column.name!r}: Area/City}}`; else the workspace's is taken",
        )


def _year_first(made: Proposal, column: Column, written: str) -> None:
    """26/03/13 in a file of years without their century: read year first it is newer, and has come."""
    other = _DAY_FIRST.sub(r"%y\1%m\1%d", written)
    if other == written or reads(column.some, other) < len(column.some):
        return
    last, newest = days(column.some, written)[-1:], days(column.some, other)[-1]
    tomorrow = dt.date.today() + dt.timedelta(days=1)
    if newest <= tomorrow and (not last or last[0] > tomorrow or last[0] < newest):
        made.doubt(
            f"{column.some[0]!r} in {column.name} may begin with its year: the newest day would be {newest}, "
            f"not {last[0] if last else 'none'}; taken as {written}",
            f"if the year stands first, write {other!r} under `formats` of the block",
        )


def _turned_by_excel(made: Proposal, column: Column, written: str) -> None:
    """Excel makes days of texts month first and leaves those that are none: 03/04 became 4 March, 13/03 stayed text."""
    as_days, as_text = days(column.some, "%Y-%m-%d"), days(column.some, written)
    is_turned = all(day.day <= 12 for day in as_days) and all(day.day > 12 for day in as_text)
    if made.look.kind == "workbook" and len(as_days) > 1 and len(as_text) > 1 and is_turned:
        shown = next(value for value in column.some if reads([value], written))
        made.doubt(
            f"{column.name} holds texts such as {shown!r}, all after the 12th of a month, beside days of Excel's, none "
            f"of them after it ({as_days[0]}): Excel may have changed day and month of these for each other",
            "export it anew as a text file, or mend the column; else rows may be dated wrongly by months",
        )


def _twelve(made: Proposal, column: Column, written: str) -> None:
    """Many times of which none is after 12:59 or before 1:00, though some are at night, are rather of twelve hours."""
    found = hours(column.some, written) if "%H" in written and len(column.some) >= _MANY_TIMES else {0}
    if found <= set(range(1, 13)) and min(found) < 6 and 12 in found:
        made.doubt(
            f"{column.name} has no time after 12:59 and none before 1:00: its times may be of twelve hours, without AM "
            f"and PM ({column.some[0]!r})",
            "export it with AM and PM or with 24 hours; what came in the afternoon would count as in the night",
        )


def decided(made: Proposal, best: Reading, column: Column) -> str:
    """The format, if need be with the help of other columns of the file or of the title; else a doubt."""
    if best.rival is None:
        return best.format
    first = best.format.startswith("%m")
    for other in made.look.columns:
        for reading in (other.dates, other.times):
            if other.name != column.name and reading and reading.rival is None and _alike(reading.format, best.format):
                is_month_first = reading.format.startswith("%m")
                made.note(f"{column.name}: {_order(is_month_first)} first, as {other.name} proves ({other.some[0]!r})")
                return best.format if is_month_first == first else best.rival
    if proved := _by_title(made, best, column):
        return proved
    made.doubt(
        f"{column.some[0]!r} in {column.name} may be day or month first: no value proves it; taken as {best.format}",
        f"if the {'day' if first else 'month'} stands first, write {best.rival!r} under `formats` of the block",
    )
    return best.format


def _alike(one: str, other: str) -> bool:
    """Whether formats are the same but for times and for which of day and month stands first."""
    head = one[:8]
    return head in (other[:8], swapped(other)[:8])


def _order(month_first: bool) -> str:
    return "month" if month_first else "day"


def _by_title(made: Proposal, best: Reading, column: Column) -> str | None:
    """The one reading under which all days lie in the period of the title, or fill it."""
    fits: dict[str, float] = {}
    for written in (best.format, str(best.rival)):
        found, month_first = days(column.some, written), written.startswith("%m")
        periods = [period for title in made.look.titles if (period := period_in(title, month_first))]
        if found and periods and periods[0][0] <= found[0] and found[-1] <= periods[0][1]:
            fits[written] = len(found) / ((periods[0][1] - periods[0][0]).days + 1)
    if not fits:
        return None
    chosen = max(fits, key=lambda written: fits[written])
    if len(fits) == 1 or (fits[chosen] > 0.9 and min(fits.values()) < 0.5):
        made.note(
            f"{column.name}: {_order(chosen.startswith('%m'))} first ({chosen}), as the title's period proves: "
            f"{next(title for title in made.look.titles if period_in(title, chosen.startswith('%m')))!r}"
        )
        return chosen
    return None


def doubt_mixed(made: Proposal, reading: Reading, column: Column) -> None:
    """Some values only make sense day first and others only month first: then no other of them is certain."""
    other = swapped(reading.format)
    if other == reading.format or "%d.%m" in reading.format:
        return
    both = sum(1 for value in column.some if reads([value], reading.format) and reads([value], other))
    only, others = reads(column.some, reading.format) - both, reads(column.some, other) - both
    if only and others:
        odd = next(value for value in column.some if reads([value], other) and not reads([value], reading.format))
        made.doubt(
            f"{column.name} mixes day first and month first: {odd!r} can't be read as {reading.format}, "
            f"{only} others can't be read as {other}, and {both} can be read as either",
            "mend the file: its rows may be dated wrongly by months",
        )
