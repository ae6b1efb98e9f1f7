"""The macro `allocate`: parts sum to the total, and the order in which rows come changes no cent."""

import random
from decimal import Decimal as D
from pathlib import Path

import duckdb
from jinja2 import Environment, FileSystemLoader

MACROS = Path(__file__).parents[2] / "dbt_project" / "macros" / "money"
ALLOCATE = Environment(loader=FileSystemLoader(MACROS)).get_template("allocate.sql").module.allocate  # type: ignore[attr-defined]


def parts(weights: dict[str, float], total: str) -> dict[str, D]:
    """What each member gets of the total, the rows given in the order of `weights`."""
    rows = ", ".join(
        f"(1, '{member}', cast({total} as decimal(28, 2)), {weight!r})" for member, weight in weights.items()
    )
    with duckdb.connect() as engine:
        engine.execute(f"create table given as select * from (values {rows}) as g (deal, member, total, weight)")
        query = f"select member, part from ({ALLOCATE('given', 'deal', ['member'])}) order by member"
        return dict(engine.execute(query).fetchall())


def test_the_largest_remainder_takes_the_cent() -> None:
    assert parts({"a": 1.0, "b": 1.0, "c": 1.0}, "100.00") == {"a": D("33.34"), "b": D("33.33"), "c": D("33.33")}
    assert parts({"a": 1.0, "b": 2.0}, "0.05") == {"a": D("0.02"), "b": D("0.03")}
    assert parts({"a": 0.0, "b": 0.0}, "-1.01") == {"a": D("-0.50"), "b": D("-0.51")}


def test_equal_claims_go_by_the_name() -> None:
    """22.5 and 27.5 cents, which as floats are 22.499999999999996 and 27.500000000000004; another engine's differ."""
    assert parts({"a": 0.45, "b": 0.55}, "0.50") == {"a": D("0.23"), "b": D("0.27")}
    assert parts({"a": 0.55, "b": 0.45}, "0.50") == {"a": D("0.28"), "b": D("0.22")}


def test_the_order_of_rows_moves_no_cent() -> None:
    """Half a cent is due to many members: an error in the last digit of the weights' sum would decide who gets it."""
    dice = random.Random(3)
    for number in range(30):
        tenths = [dice.randrange(1, 40) for _ in range(11)]
        tenths.append(40 - sum(tenths) % 2)
        weights = {f"m{member:02}": tenth / 10 for member, tenth in enumerate(tenths)}
        total = f"{D(sum(tenths)) / 200:.2f}"
        expected = parts(weights, total)
        assert sum(expected.values()) == D(total)
        for _ in range(5):
            shuffled = dict(dice.sample(sorted(weights.items()), len(weights)))
            assert parts(shuffled, total) == expected, f"company {number}"


def test_money_beyond_what_floats_count_adds_up() -> None:
    """From 2^53 cents on (90 trillion) a float misses cents, in all rows together more than one for each."""
    dice = random.Random(7)
    for number in range(40):
        weights = {f"m{member:02}": dice.random() * 10 ** dice.randrange(-3, 15) for member in range(1, 13)}
        total = f"{dice.choice((-1, 1)) * D(dice.randrange(10**17)) / 100:.2f}"
        made = parts(weights, total)
        assert sum(made.values()) == D(total), f"company {number}"
        whole = D(repr(sum(weights.values())))
        for member, weight in weights.items():
            assert abs(made[member] - D(total) * D(repr(weight)) / whole) <= 64, f"company {number}, {member}"
    assert parts({"a": 1.0, "b": 1.0, "c": 1.0}, "999999999999999.99") == dict.fromkeys("abc", D("333333333333333.33"))
