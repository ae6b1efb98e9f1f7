"""Markov and Shapley against brute force: chains rebuilt without each channel, coalitions enumerated."""

import itertools
import math
import random
from collections import Counter
from decimal import Decimal as D
from fractions import Fraction

import pytest

from tests.dbt_project.attribution.chain import NOON, Chain, journey

Paths = list[tuple[str, bool]]  # channels in order, one letter each; whether the journey was won


def run(chain: Chain, paths: Paths) -> None:
    deals = [{"deal_key": f"d{i}", "person_key": f"p{i}"} for i, (_, won) in enumerate(paths) if won]
    chain.run(deals, [touch for i, (path, _) in enumerate(paths) for touch in journey(path, person=f"p{i}")])


def win_probability(paths: Paths, removed: str | None = None) -> Fraction:
    """Chance that a walk from the start is won, where coming to the removed channel means losing; exact fractions."""
    steps: dict[str, Counter[str]] = {}
    for path, won in paths:
        states = ["start", *path, "won" if won else "lost"]
        for a, b in itertools.pairwise(states):
            steps.setdefault(a, Counter())[b] += 1
    states = [state for state in steps if state != removed]
    size = len(states)
    rows = []
    for state in states:
        total = sum(steps[state].values())
        row = [Fraction(int(state == other)) - Fraction(steps[state][other], total) for other in states]
        rows.append([*row, Fraction(steps[state]["won"], total)])
    for pivot in range(size):
        swap = next(i for i in range(pivot, size) if rows[i][pivot])
        rows[pivot], rows[swap] = rows[swap], rows[pivot]
        rows[pivot] = [cell / rows[pivot][pivot] for cell in rows[pivot]]
        for i in range(size):
            if i != pivot:
                rows[i] = [cell - rows[i][pivot] * own for cell, own in zip(rows[i], rows[pivot], strict=True)]
    return rows[states.index("start")][-1]


def markov(paths: Paths) -> dict[str, float]:
    channels = sorted({channel for path, _ in paths for channel in path})
    whole = win_probability(paths)
    effects = {channel: 1 - win_probability(paths, channel) / whole for channel in channels}
    wins = sum(won for _, won in paths)
    return {channel: float(wins * effect / sum(effects.values())) for channel, effect in effects.items()}


def shapley(paths: Paths) -> dict[str, Fraction]:
    channels = sorted({channel for path, won in paths if won for channel in path})

    def wins(coalition: set[str]) -> int:
        return sum(won and set(path) <= coalition for path, won in paths)

    values = {}
    for channel in channels:
        others = [other for other in channels if other != channel]
        values[channel] = sum(
            (
                Fraction(math.factorial(size) * math.factorial(len(others) - size), math.factorial(len(channels)))
                * (wins({*coalition, channel}) - wins(set(coalition)))
                for size in range(len(channels))
                for coalition in itertools.combinations(others, size)
            ),
            Fraction(0),
        )
    return values


def random_paths(seed: int) -> Paths:
    dice = random.Random(seed)
    channels = "ABCDEF"[: dice.randint(1, 6)]
    paths = [
        ("".join(dice.choice(channels) for _ in range(dice.randint(1, 6))), dice.random() < 0.4) for _ in range(25)
    ]
    return [*paths, (dice.choice(channels), True)]


def test_markov_by_hand(chain: Chain) -> None:
    """Of A>B won, A lost, B won: start goes to A 2/3, B 1/3; A to B 1/2; B always wins: P = 1/3 + 2/3 * 1/2 = 2/3.

    Without A 1/3 are left (effect 1/2), without B nothing (effect 1): A gets 1/3, B 2/3 of the two deals.
    """
    run(chain, [("AB", True), ("A", False), ("B", True)])
    assert dict(chain.rows("select channel, round(removal_effect, 12) from intermediate.int_markov_effects")) == {
        "A": 0.5,
        "B": 1.0,
    }
    assert chain.totals("markov") == {"A": D("0.666666667"), "B": D("1.333333333")}
    assert chain.totals("markov", "revenue") == {"A": D("66.67"), "B": D("133.33")}


def test_markov_weighs_what_was_won(chain: Chain) -> None:
    """As by hand above, but A>B brought 300 and B 100: a win from B is worth 200, from A the half of it.

    To A come 2/3 (lost without it: 2/3 * 100), to B 1/3 + 2/3 * 1/2 = 2/3 (2/3 * 200): A gets 1/3 of 400, B 2/3.
    Then A>B of 300 and A of 60: B is worth 300, A 60/2 + 300/2 = 180. All come to A, half of them to B: 180 to 150.
    """
    touches = [*journey("AB", "p0"), *journey("A", "p1"), *journey("B", "p2")]
    deals = [
        {"deal_key": "d0", "person_key": "p0", "amount": D(300)},
        {"deal_key": "d2", "person_key": "p2", "amount": D(100)},
    ]
    chain.run(deals, touches)
    assert chain.totals("markov", "revenue") == {"A": D("133.33"), "B": D("266.67")}

    chain.run([deals[0], {"deal_key": "d1", "person_key": "p1", "amount": D(60)}], touches[:3])
    assert chain.totals("markov", "revenue") == {"A": D("196.36"), "B": D("163.64")}


def test_with_one_touch_a_deal_every_model_gives_each_channel_the_same(chain: Chain) -> None:
    dice = random.Random(5)
    people = [(f"p{number}", dice.choice("ABCDE"), dice.random() < 0.4) for number in range(200)]
    deals = [
        {"deal_key": f"d{person}", "person_key": person, "amount": D(dice.randrange(0, 900000)) / 100}
        for person, _, won in people
        if won
    ]
    chain.run(deals, [touch for person, channel, _ in people for touch in journey(channel, person)])

    models: dict[str, dict[str, D]] = {}
    for model, channel, revenue in chain.rows(
        "select model, channel, sum(revenue) from intermediate.int_deal_credits group by all"
    ):
        models.setdefault(model, {})[channel] = revenue
    assert len(models) == 8
    assert {tuple(sorted(found.items())) for found in models.values()} == {
        tuple(sorted(chain.totals(model, "revenue").items())) for model in ("markov", "shapley")
    }


def test_shapley_by_hand(chain: Chain) -> None:
    """A>B>A is won by A and B alike, B alone by B; C won nothing."""
    run(chain, [("ABA", True), ("B", True), ("C", False)])
    assert chain.totals("shapley") == {"A": D("0.5"), "B": D("1.5")}


@pytest.mark.parametrize("seed", range(20))
def test_markov_equals_the_chain_without_each_channel(chain: Chain, seed: int) -> None:
    paths = random_paths(seed)
    run(chain, paths)
    expected = markov(paths)
    assert {channel: float(value) for channel, value in chain.totals("markov").items()} == pytest.approx(
        expected, abs=2e-9
    )


@pytest.mark.parametrize("seed", range(20))
def test_shapley_equals_all_coalitions(chain: Chain, seed: int) -> None:
    paths = random_paths(seed)
    run(chain, paths)
    expected = {channel: float(value) for channel, value in shapley(paths).items()}
    assert {channel: float(value) for channel, value in chain.totals("shapley").items()} == pytest.approx(
        expected, abs=2e-9
    )


def test_deals_without_touches_are_no_journey_but_counted(chain: Chain) -> None:
    chain.run([{}, {"deal_key": "e", "person_key": None}], journey("AB"))
    for model in ("markov", "shapley"):
        assert chain.totals(model) == {"A": D("0.5"), "B": D("0.5"), "Fallback": D(1)}


def test_a_loser_is_followed_for_the_look_back_before_the_last_touch(chain: Chain) -> None:
    old = journey("C", person="loser", end=NOON.replace(year=2023))
    chain.run([{}], [*journey("A"), *old, *(touch | {"touch_key": "x"} for touch in journey("B", person="loser"))])
    paths = chain.rows("select journey_key, channel from intermediate.int_journeys order by all")
    assert paths == [("d", "A"), ("loser", "B")]


def test_nothing_won_gives_nothing(chain: Chain) -> None:
    chain.run([], journey("AB"))
    assert chain.rows("select * from intermediate.int_channel_credits") == []
