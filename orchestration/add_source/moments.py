"""How a file writes days and times, which of two numbers is the day, and what a date column stands for."""

import datetime as dt
import re
from collections import Counter

from orchestration.add_source.evidence import Column, Reading, days, reads, swapped
from orchestration.add_source.proposal import Proposal, typed
from orchestration.add_source.titles import BY_DAY, period_of_titles
from orchestration.add_source.unfolding import is_planned
from orchestration.add_source.vocabulary import plain, vocabulary
from orchestration.extracts.source_specs import TableSpec
from orchestration.extracts.type.periods import Period, period_in, period_of
from orchestration.settings import Formats

MOMENTS = ("date", "timestamp", "month", "epoch")
_ZONE = re.compile(r"(?<![A-Za-z])(UTC|GMT)(?![A-Za-z+-])")


def settle_moments(made: Proposal, table: TableSpec) -> None:
    """Formats of days and of times, zones that headers name, periods."""
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
            made.formats[key] = _decided(made, best, column)
            for reading, other in readings:
                _mixed(made, reading, other)
    for column in typed(made, table, ("timestamp",)):
        if _ZONE.search(column.name):
            made.timezones[column.name] = "UTC"
            made.note(f"{column.name} is in UTC, as its header says (`timezones`)")
    _periods(made, table)


def _decided(made: Proposal, best: Reading, column: Column) -> str:
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


def _mixed(made: Proposal, reading: Reading, column: Column) -> None:
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


def _periods(made: Proposal, table: TableSpec) -> None:
    """What a date column stands for, or that of the whole file, which its title says."""
    if table.column("start_date") is None or table.column("end_date") is None or "start_date" in made.fields:
        return
    name = next((name for name in ("date", "month") if name in made.fields), None)
    if name is None:
        _whole_file(made, table)
        return
    if made.unfold:
        _unfolded(made, name)
        return
    column = made.look.column(made.fields[name])
    words = set(plain(column.name).split())
    called = next((period for period, names in vocabulary().periods.items() if words & set(names)), None)
    in_words = column.periods > 0
    if name == "month" and called in (None, "month"):
        plainly = column.readable("month", _read_with(made)) == len(column.some)
        called = None if plainly else "range"
    if called is None and in_words and name == "date":
        called = "range"
    if called is None:
        _maybe_periods(made, column)
        return
    made.formats["period"] = called
    found = days(column.some, made.formats["date"]) if made.formats.get("date") else _iso(column)
    if called != "range" and not in_words and not _are(called, found):
        made.doubt(
            f"{column.name} is taken for the first day of a {called}, but {column.some[0]!r} needn't be one",
            "take `formats.period` out of the block if each row is one day",
        )
    elif called != "range":
        made.note(f"each row stands for a {called}: money and counts are spread evenly over its days")


def _unfolded(made: Proposal, name: str) -> None:
    """Columns that are periods are rows from then on, each spread over its days; costs know months themselves."""
    plainly = all(Column(period, Counter([period])).readable("month", Formats()) for period in made.unfold["columns"])
    if name == "date" or not plainly:
        are_months = all(
            (found := period_of(period, None, "month")) and (found[1] - found[0]).days in range(27, 31)
            for period in made.unfold["columns"]
        )
        made.formats["period"] = "month" if plainly or are_months else "range"
    made.note(f"the columns {made.unfold['columns'][0]} to {made.unfold['columns'][-1]} become rows (`unfold`)")
    if is_planned(made.look):
        made.doubt(
            "the file calls itself a budget or plan: its money is what was to be spent, not what was",
            "leave it out if the money that was spent comes from elsewhere",
        )


def _read_with(made: Proposal) -> Formats:
    return Formats.model_validate({key: made.formats[key] for key in ("date", "timestamp") if key in made.formats})


def _iso(column: Column) -> list[dt.date]:
    return sorted({*days(column.some, "%Y-%m-%d"), *days(column.some, "%Y-%m-%d %H:%M:%S")})


def _are(period: str, found: list[dt.date]) -> bool:
    if period == "week":
        return len({day.weekday() for day in found}) == 1
    return all(day.day == 1 and (period == "month" or day.month % 3 == 1) for day in found)


def _maybe_periods(made: Proposal, column: Column) -> None:
    """A date whose every value is a Monday, or the first of a month, may stand for more than its day."""
    found = days(column.some, made.formats["date"]) if made.formats.get("date") else _iso(column)
    if made.entity not in BY_DAY or len(found) < 4:
        return
    for period in ("quarter", "month", "week"):
        if _are(period, found):
            made.doubt(
                f"every {column.name} begins a {period} ({found[0]}, {found[1]}, …): each row may stand for a {period}",
                f"if so, write `period: {period}` under `formats` of the block",
                matters=False,
            )
            return


def _whole_file(made: Proposal, table: TableSpec) -> None:
    period: Period | None = period_of_titles(made.look) if made.entity in BY_DAY else None
    if period is None or table.column("end_date") is None:
        return
    made.constants |= {"start_date": period[0].isoformat(), "end_date": period[1].isoformat()}
    made.note(
        f"no column holds a day: the whole file counts for {period[0]} to {period[1]}, as its title says, spread "
        "evenly (`constants`); export it segmented by day to see days"
    )
