"""What a date column stands for: a day, a week, a month, a range of days; or the whole file, as its title says."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from orchestration.add_source.evidence import Column, days
from orchestration.add_source.moments import decided, doubt_mixed
from orchestration.add_source.proposal import Proposal
from orchestration.add_source.titles import BY_DAY, period_of_titles
from orchestration.add_source.unfolding import is_planned
from orchestration.add_source.vocabulary import plain, vocabulary
from orchestration.add_source.year_weeks import year_numbers
from orchestration.extracts.source_specs import TableSpec
from orchestration.extracts.type.periods import Period, days_of, month_first_in, period_of
from orchestration.settings import Formats


def settle_periods(made: Proposal, table: TableSpec) -> None:
    """What a date column stands for, or that of the whole file, which its title says."""
    if table.column("start_date") is None or table.column("end_date") is None or "start_date" in made.fields:
        return
    name = next((name for name in ("date", "month") if name in made.fields), None)
    if name is None:
        _whole_file(made, table)
        return
    if made.unfold and made.fields[name] == made.unfold["into"]:
        _unfolded(made, name)
        return
    column = made.look.column(made.fields[name])
    _doubt_beginnings(made, column)
    words = set(plain(column.name).split())
    called = next((period for period, names in vocabulary().periods.items() if words & set(names)), None)
    in_words = column.periods > 0
    called = year_numbers(made, column, called)
    if name == "month" and called in (None, "month"):
        plainly = column.readable("month", _read_with(made)) == len(column.some)
        called = None if plainly else "range"
    if called is None and in_words and name == "date":
        called = "range"
    if called is None:
        _maybe_periods(made, column)
        return
    made.formats["period"] = called
    _order(made, column.name, column.some)
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
    called = year_numbers(made, Column("the header", Counter(made.unfold["columns"])), None)
    if called:
        made.formats["period"] = called
    elif name == "date" or not plainly:
        are_months = all(
            (found := period_of(period, None, "month")) and (found[1] - found[0]).days in range(27, 31)
            for period in made.unfold["columns"]
        )
        made.formats["period"] = "month" if plainly or are_months else "range"
        _order(made, name, made.unfold["columns"])
    made.note(f"the columns {made.unfold['columns'][0]} to {made.unfold['columns'][-1]} become rows (`unfold`)")
    if is_planned(made.look):
        made.doubt(
            "the file calls itself a budget or plan: its money is what was to be spent, not what was",
            "leave it out if the money that was spent comes from elsewhere",
        )


def _order(made: Proposal, name: str, texts: Sequence[str]) -> None:
    """Which of two numbers is the day in ranges such as 01/02/2026 - 07/02/2026, proved as for single days."""
    ranges = [text for text in texts if days_of(text)]
    column = Column(name, Counter(day for text in ranges for day in days_of(text) or ()))
    reading = column.dates
    if reading is None or str(made.formats.get("date", ""))[:2] in ("%d", "%m"):
        return
    proved = month_first_in(ranges)
    if proved is None:
        made.formats["date"] = decided(made, reading, column)
        doubt_mixed(made, reading, column)
    else:
        is_right = reading.rival is None or reading.format.startswith("%m") == proved
        made.formats["date"] = reading.format if is_right else reading.rival


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


def _doubt_beginnings(made: Proposal, column: Column) -> None:
    """`Start date` in a report whose title names its period, with one day for each campaign, is when that began."""
    period = period_of_titles(made.look) if made.entity in BY_DAY else None
    if period is None or period[0] == period[1] or "campaign_name" not in made.fields:
        return
    words = {*plain(column.name).split(), plain(column.name)}
    rows = {row for row in made.look.cells(made.fields["campaign_name"], column.name) if all(row)}
    campaigns = {campaign for campaign, _ in rows}
    if words & set(vocabulary().columns["start_date"]) and len(rows) == len(campaigns) > 1:
        made.doubt(
            f"{column.name} may be when a campaign began: each has one day ({column.some[0]}), and the title names "
            f"{period[0]} to {period[1]}",
            "if so, take `date` out of `fields` and write `constants: {start_date: "
            f"{period[0]}, end_date: {period[1]}}}`",
        )


def _has_days_within(made: Proposal, column: Column, period: Period) -> bool:
    """Whether a column that nothing uses holds several days, all of them in the period of the title."""
    if column.name in made.fields.values() or len(column.meant) < 2 or column.share("timestamp") < 0.9:
        return False
    ways = [reading.format for reading in (column.dates, column.times) if reading]
    found = {day for way in ways for day in days(column.some, way)} | set(_iso(column))
    return len(found) > 1 and all(period[0] <= day <= period[1] for day in found)


def _whole_file(made: Proposal, table: TableSpec) -> None:
    period: Period | None = period_of_titles(made.look) if made.entity in BY_DAY else None
    if period is None or table.column("end_date") is None:
        return
    if column := next(filter(lambda one: _has_days_within(made, one, period), made.look.columns), None):
        made.doubt(
            f"{column.name} holds days of the title's period ({column.some[0]}), but is called by no known name: as it "
            "is, the money is spread over the whole period",
            f"if it is the day of each row, write `date: {column.name}` under `fields` in place of `constants`",
        )
    made.constants |= {"start_date": period[0].isoformat(), "end_date": period[1].isoformat()}
    made.note(
        f"no column holds a day: the whole file counts for {period[0]} to {period[1]}, as its title says, spread "
        "evenly (`constants`); export it segmented by day to see days"
    )
