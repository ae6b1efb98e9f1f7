"""What holds for any journeys: credits sum to 1, money to the amount, rows in any order give the same credits."""

import datetime as dt
import random
from decimal import Decimal as D
from typing import Any

import pytest

from tests.dbt_project.attribution.chain import NOON, Chain

ALL = "select * from intermediate.int_deal_credits order by all"
TOTALS = "select * from intermediate.int_channel_credits order by all"


def company(seed: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Deals and touches of some persons; many touches share their time, some are known by their day alone."""
    dice = random.Random(seed)
    touches = [
        {
            "touch_key": f"t{number}",
            "person_key": f"p{dice.randrange(12)}",
            "channel": dice.choice(["A", "B", "C", "D", "Direct"]),
            "campaign": dice.choice(["x", "y", "(none)"]),
            "touched_at": NOON - dt.timedelta(hours=dice.randrange(0, 40 * 24, 6)),
            "touched_at_is_date": dice.random() < 0.1,
        }
        for number in range(80)
    ]
    deals = [
        {
            "deal_key": f"d{number}",
            "person_key": dice.choice([f"p{dice.randrange(8)}", None]),
            "closed_at": NOON - dt.timedelta(hours=dice.randrange(0, 96)),
            "closed_at_is_date": dice.random() < 0.3,
            "created_at": NOON - dt.timedelta(hours=dice.randrange(0, 500)),
            "amount": dice.choice([None, D(dice.randrange(-500, 100000)) / 100]),
            "cost_of_goods": dice.choice([None, D("0.01")]),
        }
        for number in range(15)
    ]
    return deals, touches


@pytest.mark.parametrize("seed", range(8))
def test_credits_sum_to_one_and_money_to_the_deal(chain: Chain, seed: int) -> None:
    deals, touches = company(seed)
    chain.run(deals, touches)
    sums = {
        (model, deal): (credit, revenue)
        for model, deal, credit, revenue in chain.rows(
            "select model, deal_key, sum(credit), sum(revenue) from intermediate.int_deal_credits group by all"
        )
    }
    assert len(sums) == 8 * len(deals)
    for (_, deal), (credit, revenue) in sums.items():
        amount = next(row["amount"] for row in deals if row["deal_key"] == deal)
        assert (credit, revenue) == (1, amount or 0)


@pytest.mark.parametrize("seed", range(8))
def test_channel_totals_sum_to_all_deals(chain: Chain, seed: int) -> None:
    deals, touches = company(seed)
    chain.run(deals, touches)
    for model in ("markov", "shapley"):
        assert sum(chain.totals(model).values()) == len(deals)
        assert sum(chain.totals(model, "revenue").values()) == sum(deal["amount"] or 0 for deal in deals)


@pytest.mark.parametrize("seed", range(4))
def test_the_order_of_rows_does_not_matter(chain: Chain, seed: int) -> None:
    deals, touches = company(seed)
    chain.run(deals, touches)
    before = chain.rows(ALL), chain.rows(TOTALS)
    random.Random(seed).shuffle(deals)
    random.Random(seed).shuffle(touches)
    chain.run(deals, touches)
    assert (chain.rows(ALL), chain.rows(TOTALS)) == before
