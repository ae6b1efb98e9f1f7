"""Whose lever it was, recomputed in plain Python from the days of the published mart: no SQL of the bridge is used."""

import datetime as dt
import itertools
from collections import defaultdict
from collections.abc import Callable, Iterable
from fractions import Fraction
from math import prod
from typing import Any

Ask = Callable[[str], Iterable[tuple[Any, ...]]]
Side = dict[str, Fraction]
Parts = dict[str, Fraction]
MEASURES = ("marketing_cost", "leads", "qualified_leads", "won_deals_with_amount", "won_amount", "refunds")
SPANS = """
    select grain, period_start, comparison, period_start, last_day, base_period_start, base_last_day
    from kpi_comparison_periods"""
MARKETING = {"marketing_cost", "leads", "leads_per_cost", "qualification_rate", "entered", "left"}


def owner(factor: str) -> str:
    """Whose lever a factor is."""
    return "marketing" if factor in MARKETING else "nobody" if factor == "no_base" else "sales"


def parts_of(before: Side, after: Side) -> Parts:
    """The change of one channel's revenue by factor: the mean effect of each over all orders of changing them."""
    parts = {"refunds": before["refunds"] - after["refunds"]}
    change = after["won_amount"] - before["won_amount"]
    if any(side["won_amount"] and not side["leads"] for side in (before, after)):
        return parts | {"no_base": change}
    if not (before["leads"] and after["leads"]):
        return parts | {"entered" if after["leads"] else "left": change}
    both = [_factors(side, before, after) for side in (before, after)]
    for name in both[0]:
        for side, other in (both, both[::-1]):
            if side[name] is None:
                side[name] = other[name] if other[name] is not None else Fraction(1)
    names = list(both[0])
    orders = list(itertools.permutations(names))
    for name in names:
        others = (
            prod(both[one in order[: order.index(name)]][one] for one in names if one != name) for order in orders
        )
        parts[name] = (both[1][name] - both[0][name]) * sum(others) / len(orders)
    return parts


def _factors(side: Side, before: Side, after: Side) -> dict[str, Any]:
    """The chain on one side, None where a factor is undefined."""

    def ratio(numerator: str, denominator: str) -> Fraction | None:
        return side[numerator] / side[denominator] if side[denominator] else None

    costs = before["marketing_cost"] > 0 and after["marketing_cost"] > 0
    unqualified = any(one["won_amount"] and not one["qualified_leads"] for one in (before, after))
    chain: dict[str, Fraction | None] = (
        {"marketing_cost": side["marketing_cost"], "leads_per_cost": ratio("leads", "marketing_cost")}
        if costs
        else {"leads": side["leads"]}
    )
    chain |= (
        {"won_deals_per_lead": ratio("won_deals_with_amount", "leads")}
        if unqualified
        else {
            "qualification_rate": ratio("qualified_leads", "leads"),
            "won_deals_per_qualified_lead": ratio("won_deals_with_amount", "qualified_leads"),
        }
    )
    return chain | {"average_check": ratio("won_amount", "won_deals_with_amount")}


def compare_with_published(ask: Ask) -> int:
    """Recompute every revenue bridge of every channel and whose levers it was in the total; return how many totals.

    Raises:
        AssertionError: a contribution is off by more than its rounding, or an owner's sum is.
    """
    days: dict[str, dict[dt.date, Side]] = defaultdict(dict)
    columns = ", ".join(f"sum(coalesce({name}, 0))" for name in MEASURES)
    for channel, date, *values in ask(f"select channel, date, {columns} from kpi_daily_by_campaign group by all"):
        days[channel][date] = {name: Fraction(value) for name, value in zip(MEASURES, values, strict=True)}
    published: dict[tuple[Any, ...], Parts] = defaultdict(dict)
    for *key, factor, value in ask(
        """select grain, period_start, comparison, base_period_start, channel, factor, contribution from kpi_bridge
        where kpi = 'revenue'"""
    ):
        published[tuple(key)][factor] = Fraction(value)
    spans = {(grain, start, comparison): days for grain, start, comparison, *days in ask(SPANS)}
    totals = [key for key in published if key[-1] is None]
    for key in totals:
        grain, start, comparison, base = key[:4]
        first, last, base_first, base_last = spans[grain, start, comparison]
        assert base_first == base
        after, before = (first, last), (base_first, base_last)
        levers: Parts = defaultdict(Fraction)
        for channel, by_day in days.items():
            parts = parts_of(_sum(by_day, *before), _sum(by_day, *after))
            shown = published.get((*key[:4], channel), {})
            for factor in parts.keys() | shown.keys():
                off = abs(parts.get(factor, Fraction(0)) - shown.get(factor, Fraction(0)))
                assert off < Fraction(1, 100), (grain, start, comparison, channel, factor, float(off))
                levers[owner(factor)] += parts.get(factor, Fraction(0))
        for who in ("marketing", "sales", "nobody"):
            said = sum(value for factor, value in published[key].items() if owner(factor) == who)
            assert abs(levers[who] - said) < Fraction(len(days) * 4, 100), (grain, start, comparison, who)
    return len(totals)


def _sum(by_day: dict[dt.date, Side], first: dt.date, last: dt.date) -> Side:
    total = dict.fromkeys(MEASURES, Fraction(0))
    for date, measures in by_day.items():
        if first <= date <= last:
            total = {name: total[name] + measures[name] for name in MEASURES}
    return total
