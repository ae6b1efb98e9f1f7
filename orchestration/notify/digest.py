"""Once a week: what the report says in its first minute, with pictures, for the meeting of both heads."""

import datetime as dt
from zoneinfo import ZoneInfo

import duckdb

from orchestration.notify.outbox import Message
from orchestration.notify.words import Words
from orchestration.settings import Settings
from orchestration.settings.notify import WEEKDAYS
from orchestration.views.kpi_summary import HEADLINES, KpiLine, KpiSummary, show, show_change, span_name, summarise
from orchestration.views.reader import open_published, rows

_PICTURES = ("revenue", "leads")
_MONTHS = 12
_COLOURS = {"revenue": "#1f5fbf", "leads": "#1a7f4b"}
_REACH = ("leads", "spend", "won_deals")


def due(settings: Settings, now: dt.datetime, last: str | None) -> str | None:
    """Return the day (ISO) whose digest is due at `now` (aware); None where it was sent, or no day is set.

    A digest that no run could send on its day is sent by the next one, but the first of all waits for its day.
    """
    if settings.notify.digest is None:
        return None
    today = now.astimezone(ZoneInfo(settings.reporting.timezone)).date()
    day = today - dt.timedelta(days=(today.weekday() - WEEKDAYS.index(settings.notify.digest)) % 7)
    if last is None:
        return day.isoformat() if day == today else None
    return day.isoformat() if last < day.isoformat() else None


def digest(settings: Settings, words: Words, report: str) -> Message:
    """Write the digest of what is published; `report` is where the whole is."""
    with open_published(settings) as mart:
        summary = summarise(mart, only=HEADLINES, locale=words.locale)
        counted = rows(mart, _COUNTS)[0]
        names = {line.kpi: line.name for line in summary.lines}
        pictures = {f"{kpi}.png": _picture(mart, kpi, names[kpi]) for kpi in _PICTURES if kpi in names}
    period = span_name(summary.current_start, summary.last_day, summary.grain, summary.is_complete, words.locale)
    until = {what: summary.reach.get(f"{what}_until") for what in _REACH}
    reach = ", ".join(words.reach(what, str(day)) for what, day in until.items() if day)
    lines = [
        f"{settings.company}, {period}",
        *(_line(line, summary, words) for line in summary.lines),
        words.say("goals", count=counted["goals"]),
        words.say("findings", count=counted["findings"]),
        words.say("checks", count=counted["checks"], refused=counted["refused"]),
        words.say("reach", reach=reach or "–"),
        words.say("report", link=report),
    ]
    return Message(f"{settings.company}: {words.say('digest')}", "\n".join(lines), pictures)


_COUNTS = """
    select
        (select count(*) from kpi_targets where status = 'off_track') as goals,
        (select count(*) from kpi_alignment where severity = 'critical' and period_end >= today - 62) as findings,
        (select count(*) from _meta.checks where not success) as checks,
        (select count(*) from _meta.quarantine) as refused
    from _meta.run
"""


def _line(line: KpiLine, summary: KpiSummary, words: Words) -> str:
    change = show_change(line, words.locale)
    said = show(line.current, line.unit, summary.currency, words.locale)
    return f"{line.name}: {said}" + (f" ({change})" if change else "")


def _picture(mart: duckdb.DuckDBPyConnection, kpi: str, title: str) -> bytes:
    """A KPI of the last twelve months as bars; a month that still runs is paler."""
    import altair as alt
    import vl_convert

    found = rows(
        mart,
        f"""
        select strftime(period_start, '%Y-%m') as month, cast({kpi} as double) as value, is_complete
        from kpi_total where grain = 'month' order by period_start desc limit {_MONTHS}
        """,
    )
    chart = (
        alt.Chart(alt.InlineData(values=found), title=title, width=480, height=200)
        .mark_bar(color=_COLOURS[kpi])
        .encode(
            x=alt.X("month:O", title=None),
            y=alt.Y("value:Q", title=None, axis=alt.Axis(format="~s")),
            opacity=alt.condition("datum.is_complete", alt.value(1), alt.value(0.5)),
        )
    )
    picture: bytes = vl_convert.vegalite_to_png(chart.to_dict(), scale=2)
    return picture
