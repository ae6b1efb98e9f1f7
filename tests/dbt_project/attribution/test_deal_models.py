"""Credits of single deals, computed by hand from the rules of the models."""

import datetime as dt
from decimal import Decimal as D

import pytest

from tests.dbt_project.attribution.chain import NOON, Chain, journey

DAY = dt.timedelta(days=1)


def approximately(**credits: str) -> dict[str, D]:
    return {channel: D(credit).quantize(D("0.000000001")) for channel, credit in credits.items()}


@pytest.mark.parametrize(
    ("model", "credits"),
    [
        ("first_touch", approximately(A="1")),
        ("last_touch", approximately(A="1")),
        ("last_non_direct", approximately(A="1")),
        ("last_paid_touch", approximately(A="1")),
        ("linear", approximately(A="1")),
        ("position_based", approximately(A="1")),
        ("w_shaped", approximately(A="1")),
        ("time_decay", approximately(A="1")),
    ],
)
def test_one_touch_gets_all(chain: Chain, model: str, credits: dict[str, D]) -> None:
    chain.run([{}], journey("A"))
    assert chain.credits(model) == credits


@pytest.mark.parametrize(
    ("model", "credits"),
    [
        ("first_touch", approximately(A="1")),
        ("last_touch", approximately(B="1")),
        ("linear", approximately(A="0.5", B="0.5")),
        ("position_based", approximately(A="0.5", B="0.5")),
        # both were there before the deal was created, so the last of them is an anchor like the first
        ("w_shaped", approximately(A="0.5", B="0.5")),
    ],
)
def test_two_touches(chain: Chain, model: str, credits: dict[str, D]) -> None:
    chain.run([{}], journey("AB"))
    assert chain.credits(model) == credits


@pytest.mark.parametrize(
    ("model", "credits"),
    [
        ("first_touch", approximately(A="1")),
        ("last_touch", {"Direct": D(1)}),
        ("last_non_direct", approximately(C="1")),
        ("linear", {"A": D("0.4"), "B": D("0.2"), "C": D("0.2"), "Direct": D("0.2")}),
        # 40 % first (A), 40 % last (Direct), a third of 20 % each for the second A, B and C; of the two billionths that
        # are left all three have the same claim, and the names decide
        (
            "position_based",
            {"A": D("0.466666667"), "B": D("0.066666667"), "C": D("0.066666666"), "Direct": D("0.4")},
        ),
    ],
)
def test_five_touches_of_four_channels(chain: Chain, model: str, credits: dict[str, D]) -> None:
    chain.run([{}], journey(["A", "A", "B", "C", "Direct"]))
    assert chain.credits(model) == credits


def test_last_non_direct_falls_back_to_the_last(chain: Chain) -> None:
    chain.run([{}], journey(["Direct", "Direct"]))
    assert chain.credits("last_non_direct") == {"Direct": D(1)}


@pytest.mark.parametrize(
    ("paid", "channel"),
    [("A", "A"), ("AB", "B"), ("AC", "C"), ("ABCD", "D"), ("", "D")],
)
def test_last_paid_touch_falls_back_to_the_last(chain: Chain, paid: str, channel: str) -> None:
    chain.run([{}], [touch | {"channel_is_paid": touch["channel"] in paid} for touch in journey("ABCD")])
    assert chain.credits("last_paid_touch") == {channel: D(1)}


def test_a_credit_names_the_last_touch_that_earned_it(chain: Chain) -> None:
    chain.run([{}, {"deal_key": "e", "person_key": None}], journey("ABA"))
    by_touch = {model: chain.credits(model, by="touch_key") for model in ("first_touch", "last_touch", "linear")}
    assert by_touch["first_touch"] == {"p000": D(1), None: D(1)}
    assert by_touch["last_touch"] == {"p002": D(1), None: D(1)}
    assert by_touch["linear"] == {"p002": D("0.666666667"), "p001": D("0.333333333"), None: D(1)}


@pytest.mark.parametrize(
    ("lead_touch", "deal_touch", "credits"),
    [
        # anchors A (first), C (before the lead), D (before the deal): 30 % each; B and E share 10 %
        (2, 3, {"A": "0.3", "B": "0.05", "C": "0.3", "D": "0.3", "E": "0.05"}),
        # lead and deal after the same touch: anchors A and C, 45 % each; three others share 10 %
        (2, 2, {"A": "0.45", "B": "0.033333334", "C": "0.45", "D": "0.033333333", "E": "0.033333333"}),
        # both after the first touch: one anchor with 90 %
        (0, 0, {"A": "0.9", "B": "0.025", "C": "0.025", "D": "0.025", "E": "0.025"}),
    ],
)
def test_w_shaped(chain: Chain, lead_touch: int, deal_touch: int, credits: dict[str, str]) -> None:
    touches = journey("ABCDE")
    after = [touch["touched_at"] + dt.timedelta(minutes=1) for touch in touches]
    chain.run([{"lead_key": "l", "created_at": after[deal_touch]}], touches, [{"created_at": after[lead_touch]}])
    assert chain.credits("w_shaped") == {channel: D(credit) for channel, credit in credits.items()}


def test_w_shaped_without_a_lead_and_with_a_deal_older_than_its_touches(chain: Chain) -> None:
    chain.run([{"created_at": NOON - 60 * DAY}], journey("AB"))
    assert chain.credits("w_shaped") == {"A": D("0.9"), "B": D("0.1")}


def test_time_decay_halves_with_each_half_life(chain: Chain) -> None:
    """7, 14 and 21 days before the last touch: weights 1, 1/2, 1/4, 1/8 of 15/8."""
    touches = [
        {"touch_key": name, "channel": name, "touched_at": NOON - DAY - weeks * 7 * DAY}
        for weeks, name in enumerate("ABCD")
    ]
    chain.run([{}], touches)
    assert chain.credits("time_decay") == approximately(
        A="0.533333333", B="0.266666667", C="0.133333333", D="0.066666667"
    )


def test_touches_at_the_same_moment_are_ordered_by_key(chain: Chain) -> None:
    touches = [{"touch_key": "2", "channel": "B"}, {"touch_key": "1", "channel": "A"}]
    chain.run([{}], touches)
    assert (chain.credits("first_touch"), chain.credits("last_touch")) == ({"A": D(1)}, {"B": D(1)})


def test_look_back_includes_both_of_its_ends(chain: Chain) -> None:
    second = dt.timedelta(seconds=1)
    moments = {"too early": -30 * DAY - second, "first": -30 * DAY, "last": 0 * DAY, "too late": second}
    chain.run([{}], [{"touch_key": name, "channel": name, "touched_at": NOON + at} for name, at in moments.items()])
    assert chain.credits("linear") == {"first": D("0.5"), "last": D("0.5")}


def test_a_closing_date_means_the_end_of_that_day(chain: Chain) -> None:
    midnight = dt.datetime(2024, 3, 1)
    moments = {"that evening": midnight + 23 * DAY / 24, "next day": midnight + DAY, "30 days": midnight - 30 * DAY,
               "31 days": midnight - 30 * DAY - DAY / 24}  # fmt: skip
    touches = [{"touch_key": name, "channel": name, "touched_at": at} for name, at in moments.items()]
    chain.run([{"closed_at": midnight, "closed_at_is_date": True}], touches)
    assert set(chain.credits("linear")) == {"that evening", "30 days"}


def test_a_touch_known_by_its_day_counts_until_the_day_of_closing(chain: Chain) -> None:
    days = {name: {"channel": name, "touch_key": name, "touched_at_is_date": True} for name in "ABC"}
    days["A"]["touched_at"] = dt.datetime(2024, 3, 1)
    days["B"]["touched_at"] = dt.datetime(2024, 3, 2)
    days["C"]["touched_at"] = dt.datetime(2024, 1, 31)
    chain.run([{}], days.values())
    assert set(chain.credits("linear")) == {"A", "C"}


def test_without_touches_the_deal_belongs_to_its_own_channel(chain: Chain) -> None:
    chain.run([{"channel": "Email", "campaign": "May"}], journey("A", person="somebody else"))
    for model in ("first_touch", "last_touch", "last_non_direct", "linear", "position_based", "w_shaped", "time_decay"):
        assert chain.credits(model, by="channel, campaign") == {("Email", "May"): D(1)}


def test_only_won_deals_that_count_and_no_test_touches(chain: Chain) -> None:
    touches = [*journey("A"), {"touch_key": "test", "channel": "T", "is_test": True}]
    chain.run([{}, {"deal_key": "lost", "counts_won": False}], touches)
    assert chain.rows("select distinct deal_key from intermediate.int_deal_credits") == [("d",)]
    assert chain.credits("linear") == {"A": D(1)}


def test_money_to_the_cent(chain: Chain) -> None:
    chain.run([{"amount": D("100.00"), "cost_of_goods": D("30.01")}], journey("ABC"))
    assert chain.rows(
        "select channel, credit, revenue, gross_profit from intermediate.int_attribution_credits order by channel"
    ) == [
        ("A", D("0.333333334"), D("33.34"), D("23.33")),
        ("B", D("0.333333333"), D("33.33"), D("23.33")),
        ("C", D("0.333333333"), D("33.33"), D("23.33")),
    ]


def test_a_deal_without_amount_has_credit_but_no_money(chain: Chain) -> None:
    chain.run([{"amount": None, "cost_of_goods": None}], journey("AB"))
    rows = chain.rows("select sum(credit), sum(revenue), sum(gross_profit) from intermediate.int_attribution_credits")
    assert rows == [(D(1), D(0), D(0))]
