"""Lead quality and speed to lead of the demo, computed again lead by lead in plain Python."""

import datetime as dt
from collections import Counter, defaultdict
from decimal import Decimal
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.acceptance.demo.conftest import Ask

BERLIN = ZoneInfo("Europe/Berlin")
OPENS, CLOSES = dt.time(9), dt.time(18)  # the default calendar: Monday to Friday, no holidays
SLA = 3600
END_OF_TODAY = dt.datetime(2025, 6, 30, 23, 59, 59, tzinfo=BERLIN)
HEAD = "created_at, created_at_is_date, date_trunc('month', created_date)::date, sales_rep, channel"


def working_seconds(asked: dt.datetime, answered: dt.datetime) -> float:
    """Seconds between two local times that lie in the working hours of a day, day by day."""
    seconds = 0.0
    for number in range((answered.date() - asked.date()).days + 1):
        day = asked.date() + dt.timedelta(number)
        begins, ends = max(dt.datetime.combine(day, OPENS), asked), min(dt.datetime.combine(day, CLOSES), answered)
        if day.weekday() < 5 and ends > begins:
            seconds += (ends - begins).total_seconds()
    return seconds


def local(moment: dt.datetime) -> dt.datetime:
    """A UTC time without zone on the clock of Berlin."""
    return moment.replace(tzinfo=dt.UTC).astimezone(BERLIN).replace(tzinfo=None)


def test_working_time_skips_nights_and_weekends() -> None:
    friday, monday = dt.datetime(2025, 5, 2, 17, 30), dt.datetime(2025, 5, 5, 9, 20)
    assert working_seconds(friday, monday) == (30 + 20) * 60
    assert working_seconds(dt.datetime(2025, 5, 3, 11), dt.datetime(2025, 5, 3, 12)) == 0


@pytest.fixture(scope="module")
def by_hand(ask: Ask) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    """Figures of lead_response by (month, dimension, member), in the order of its columns."""
    counts: defaultdict[tuple[Any, ...], Counter[str]] = defaultdict(Counter)
    clock: defaultdict[tuple[Any, ...], list[float]] = defaultdict(list)
    worked: defaultdict[tuple[Any, ...], list[float]] = defaultdict(list)
    end = END_OF_TODAY.replace(tzinfo=None)
    for created, is_date, month, rep, channel, answered_at, seconds, stage in ask(
        f"select {HEAD}, first_response_at, response_seconds, stage_reached from fct_leads where counts"
    ):
        asked, silent = local(created), seconds is None and answered_at is None
        by_clock = seconds if seconds is not None else (end - asked).total_seconds()
        by_work = working_seconds(asked, local(created + dt.timedelta(seconds=seconds)) if seconds is not None else end)
        due = seconds is not None or (silent and by_clock > SLA)
        facts = {
            "leads": True,
            "answered": seconds is not None,
            "due": due,
            "within": seconds is not None and seconds <= SLA,
            "due at work": not is_date and (seconds is not None or (silent and by_work > SLA)),
            "within at work": not is_date and seconds is not None and by_work <= SLA,
            "never": due and silent and stage == "new",
        }
        for key in ((month, "total", None), (month, "sales_rep", rep), (month, "channel", channel)):
            counts[key].update(name for name, is_true in facts.items() if is_true)
            if seconds is not None:
                clock[key].append(seconds / 60)
                if not is_date:
                    worked[key].append(by_work / 60)
    names = ("leads", "answered", "due", "within", "due at work", "within at work", "never")
    return {
        key: (
            *(count[name] for name in names),
            median(clock[key]) if clock[key] else None,
            median(worked[key]) if worked[key] else None,
        )
        for key, count in counts.items()
    }


def test_speed_to_lead_by_rep_and_channel_by_the_clock_and_at_work(
    ask: Ask, by_hand: dict[tuple[Any, ...], tuple[Any, ...]]
) -> None:
    found = ask("""
        select period_start, dimension, coalesce(sales_rep, channel), leads, answered, due, within_sla,
            due_in_business_hours, within_sla_in_business_hours, never_answered, median_minutes, median_business_minutes
        from lead_response where grain = 'month'""")
    assert {row[:3] for row in found} == by_hand.keys()
    assert len(found) > 24 * 10
    for row in found:
        *figures, minutes, working_minutes = by_hand[row[:3]]
        assert list(row[3:10]) == figures, row
        assert row[10] == pytest.approx(minutes), row
        assert row[11] == pytest.approx(working_minutes), row


def test_the_sla_share_by_the_clock_is_the_kpi(ask: Ask) -> None:
    rows = ask("""
        select response.within_sla / response.due, kpi.sla_share from lead_response as response
        inner join kpi_by_sales_rep as kpi using (grain, period_start, sales_rep) where response.due > 0""")
    assert len(rows) > 100
    assert all(share == pytest.approx(kpi) for share, kpi in rows)


def test_a_disqualified_lead_costs_what_a_lead_of_its_campaign_and_month_cost(ask: Ask) -> None:
    spent = {
        (month, channel, campaign): (cost, leads)
        for month, channel, campaign, cost, leads in ask("""
            select period_start, channel, campaign, marketing_cost, leads from kpi_by_campaign
            where grain = 'month' and leads > 0""")
    }
    by_hand: Counter[tuple[Any, ...]] = Counter()
    cost_by_hand: defaultdict[tuple[Any, ...], Decimal] = defaultdict(Decimal)
    for month, channel, campaign, qualified, lost, reason in ask("""
        select date_trunc('month', created_date)::date, channel, campaign, is_qualified, is_lost, disqualified_reason
        from fct_leads where counts"""):
        because = "(qualified)" if qualified else reason or ("(no reason given)" if lost else "(open)")
        cost, leads = spent[month, channel, campaign]
        by_hand[month, channel, campaign, because] += 1
        cost_by_hand[month, channel, campaign, because] += Decimal(cost or 0) / leads
    found = ask("""
        select period_start, channel, campaign, reason, is_disqualified, leads, acquisition_cost
        from lead_quality where grain = 'month'""")
    assert {row[:4]: row[5] for row in found} == by_hand
    for *key, is_disqualified, _, cost in found:
        assert is_disqualified == (key[3] not in ("(qualified)", "(open)"))
        assert float(cost) == pytest.approx(float(cost_by_hand[tuple(key)]), abs=0.001), key


def test_quarters_and_years_hold_the_leads_and_costs_of_their_months(ask: Ask) -> None:
    sums = ask("select grain, sum(leads), sum(acquisition_cost) from lead_quality group by grain")
    assert {grain for grain, *_ in sums} == {"month", "quarter", "year"}
    assert len({(leads, cost) for _, leads, cost in sums}) == 1
