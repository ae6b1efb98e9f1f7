"""Deals: outcome, times, money, lines, whom they belong to, what counts."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from tests.dbt_project.intermediate.world import World


@pytest.mark.parametrize(
    ("deal", "status", "closed_date", "is_estimated"),
    [
        ("d1", "won", dt.date(2024, 2, 12), False),
        ("d3", "won", dt.date(2024, 2, 15), True),  # last entry into a stage that means won
        ("d4", "won", dt.date(2024, 3, 1), True),  # last change
        ("d5", "lost", dt.date(2024, 2, 1), True),  # creation
        ("d6", "won", dt.date(2024, 3, 2), True),  # closing date in the future: as if missing
        ("d7", "open", None, False),  # the status beats the stage
        ("d8", "open", None, False),  # unmapped stage
        ("d10", "open", None, False),
    ],
)
def test_outcome_and_closing_date(
    world: World, deal: str, status: str, closed_date: dt.date | None, is_estimated: bool
) -> None:
    found = world.one("int_deals", deal, "status", "closed_date", "closed_at_is_estimated")
    assert found == (status, closed_date, is_estimated)


@pytest.mark.parametrize(
    ("deal", "flags"),
    [
        ("d1", ""),
        ("d6", "closed_at_estimated closed_in_future"),
        ("d8", "unmapped_stage"),
        ("d9", "created_at_estimated"),
        ("d10", "no_date"),
        ("d13", "lead_unknown"),
        ("d15", "closed_before_created"),
    ],
)
def test_flags(world: World, deal: str, flags: str) -> None:
    assert world.one("int_deals", deal, "flags") == flags


@pytest.mark.parametrize(
    ("deal", "seconds"),
    [
        ("d1", 860_400),  # 9 days 23 hours
        ("d16", 864_000),  # closed on a day without time: 10 whole days
        ("d15", None),  # negative
        ("d3", None),  # closing time estimated
        ("d9", None),  # creation estimated
        ("d2", None),  # lost
    ],
)
def test_cycle(world: World, deal: str, seconds: int | None) -> None:
    assert world.one("int_deals", deal, "cycle_seconds") == seconds


@pytest.mark.parametrize(
    ("deal", "amount", "cost"),
    [
        ("d1", "100.00", "50.00"),  # default margin 0.5
        ("d11", "90.00", "67.50"),  # 100 USD at the rate of exactly 7 days before; margin of Lamp in the settings 0.25
        ("d17", "100.00", "49.01"),  # Lamp 33.34 x 0.75, Desk 33.33 x 0.6 (product list), Chair its own 4
        ("d20", "75.00", "45.00"),  # no amount: 2 x 30 - 10 and 1 x 25; Desk at 0.6
        ("d21", "100.00", "80.00"),  # the deal's cost; one line has its own 60, the other gets the 20 left
    ],
)
def test_amount_and_cost(world: World, deal: str, amount: str, cost: str) -> None:
    assert world.one("int_deals", deal, "amount", "cost_of_goods") == (Decimal(amount), Decimal(cost))


def test_parts_of_a_deal_sum_to_it(world: World) -> None:
    lines = world.ask("select share, amount, units from int_deal_lines where deal_key = 'sheets:d17' order by line_id")
    assert lines == [
        (Decimal("0.333333334"), Decimal("33.34"), Decimal("2.333334")),
        (Decimal("0.333333333"), Decimal("33.33"), Decimal("2.333333")),
        (Decimal("0.333333333"), Decimal("33.33"), Decimal("2.333333")),
    ]
    assert world.ask("select deal_key from int_deal_lines group by deal_key having sum(share) <> 1") == []


@pytest.mark.parametrize(
    ("deal", "lead", "counts"),
    [
        ("d1", "sheets:a1", (True, False, False)),  # of a duplicate: a won deal counts, for the survivor
        ("d2", "sheets:a1", (False, False, False)),  # of a duplicate: a lost deal doesn't
        ("d5", None, (False, False, True)),
        ("d8", None, (False, True, False)),
        ("d18", "sheets:t1", (False, False, False)),  # its lead is a test
        ("d19", None, (False, False, False)),  # its product is a test
    ],
)
def test_what_counts(world: World, deal: str, lead: str | None, counts: tuple[bool, ...]) -> None:
    found = world.one("int_deals", deal, "lead_key", "counts_won", "counts_open", "counts_lost")
    assert found == (lead, *counts)


@pytest.mark.parametrize(
    ("deal", "customer"),
    [("d11", "customer:c-11"), ("d3", "lead:sheets:q6"), ("d9", "deal:sheets:d9")],
)
def test_customer(world: World, deal: str, customer: str) -> None:
    assert world.one("int_deals", deal, "customer_key") == customer


def test_first_deal_of_a_customer(world: World) -> None:
    assert world.ask(
        "select first_deal_key, first_won_date, won_deals from int_customers where customer_key like '%c-11'"
    ) == [("sheets:d17", dt.date(2024, 1, 21), 2)]


def test_channel_is_the_leads_else_its_own(world: World) -> None:
    assert world.one("int_deals", "d20", "channel") == "Own name"
    assert world.one("int_deals", "d18", "channel") == "test"
    assert world.one("int_deals", "d9", "channel", "campaign") == ("unattributed", "(none)")


def test_refunds(world: World) -> None:
    """r1 at the rate of its own day; one of an unknown deal and one of a test deal reduce no revenue."""
    rows: list[tuple[Any, ...]] = world.ask("select refund_id, amount, counts from int_refunds order by 1")
    assert rows == [("r1", Decimal("9.50"), True), ("r2", Decimal(10), False), ("r3", Decimal(10), False)]
