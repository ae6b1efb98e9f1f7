"""The models that look at single touches, worked out again from the facts for every deal, in plain Python."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

import pytest

from tests.acceptance.demo.conftest import Ask

LOOKBACK = dt.timedelta(days=90)
HALF_LIFE = dt.timedelta(days=7)
DAY = dt.timedelta(days=1)


class Touch(NamedTuple):
    at: dt.datetime
    key: str
    channel: str
    is_direct: bool


class Deal(NamedTuple):
    closed_until: dt.datetime
    created_at: dt.datetime
    lead_created_at: dt.datetime | None
    touches: list[Touch]


@pytest.fixture(scope="module")
def deals(ask: Ask) -> dict[str, Deal]:
    """Won deals whose times are all known to the second, with the touches of their look-back, in order."""
    by_person = defaultdict(list)
    for person, *touch in ask("select person_key, touched_at, touch_key, channel, is_direct from fct_touches"):
        by_person[person].append(Touch(*touch))
    found = ask("""
        select deal_key, coalesce(deals.person_key, leads.person_key, deals.customer_key), closed_at, deals.created_at,
            leads.created_at
        from fct_deals as deals left join fct_leads as leads using (lead_key)
        where counts_won and not closed_at_is_date and not deals.created_at_is_date
            and not coalesce(leads.created_at_is_date, false)""")
    journeys = {
        key: Deal(closed, created, lead, sorted(t for t in by_person[person] if closed - LOOKBACK <= t.at <= closed))
        for key, person, closed, created, lead in found
    }
    return {key: deal for key, deal in journeys.items() if deal.touches}


def w_shaped(deal: Deal) -> Iterator[tuple[str, Fraction]]:
    touches = deal.touches
    before_lead = [touch for touch in touches if deal.lead_created_at and touch.at <= deal.lead_created_at]
    before_deal = [touch for touch in touches if touch.at <= deal.created_at]
    anchors = {touches[0], *before_lead[-1:], *before_deal[-1:]}
    for touch in touches:
        if len(anchors) == len(touches):
            yield touch.channel, Fraction(1, len(anchors))
        elif touch in anchors:
            yield touch.channel, Fraction(9, 10 * len(anchors))
        else:
            yield touch.channel, Fraction(1, 10 * (len(touches) - len(anchors)))


def time_decay(deal: Deal) -> Iterator[tuple[str, float]]:
    weights = [2 ** -((deal.closed_until - touch.at) / HALF_LIFE) for touch in deal.touches]
    for touch, weight in zip(deal.touches, weights, strict=True):
        yield touch.channel, weight / sum(weights)


def last_non_direct(deal: Deal) -> Iterator[tuple[str, int]]:
    yield ([touch for touch in deal.touches if not touch.is_direct] or deal.touches)[-1].channel, 1


def last_touch(deal: Deal) -> Iterator[tuple[str, int]]:
    yield deal.touches[-1].channel, 1


def position_based(deal: Deal) -> Iterator[tuple[str, Fraction]]:
    n = len(deal.touches)
    for place, touch in enumerate(deal.touches):
        if n <= 2:
            yield touch.channel, Fraction(1, n)
        else:
            yield touch.channel, Fraction(2, 5) if place in (0, n - 1) else Fraction(1, 5 * (n - 2))


@pytest.mark.parametrize("model", [last_touch, last_non_direct, position_based, w_shaped, time_decay])
def test_every_deal_is_credited_as_the_model_says(ask: Ask, deals: dict[str, Deal], model) -> None:
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for deal, channel, credit in ask(f"""
        select deal_key, channel, sum(credit) from fct_attribution
        where model = '{model.__name__}' and touches > 0 group by deal_key, channel"""):
        if credit:
            found[deal][channel] = float(credit)
    assert len(deals) > 500
    for key, deal in deals.items():
        expected: dict[str, float] = defaultdict(float)
        for channel, credit in model(deal):
            expected[channel] += float(credit)
        assert found[key] == pytest.approx(expected, abs=1e-8 * len(deal.touches)), key


def test_shapley_is_an_equal_split_among_the_distinct_channels_of_each_won_journey(ask: Ask, deals) -> None:
    """A deal without touches is a journey of its own channel, and a deal known by its day is compared as a day."""
    split: dict[str, Fraction] = defaultdict(Fraction)
    for deal, channels in ask("""
        select deal_key, list(distinct channel) from fct_attribution where model = 'linear' group by deal_key"""):
        if deal in deals:
            assert set(channels) == {touch.channel for touch in deals[deal].touches}
        for channel in channels:
            split[channel] += Fraction(1, len(channels))
    found = ask("select channel, credit from fct_attribution where model = 'shapley'")
    assert {channel: float(credit) for channel, credit in found} == pytest.approx(
        {channel: float(credit) for channel, credit in split.items()}, abs=1e-8
    )
