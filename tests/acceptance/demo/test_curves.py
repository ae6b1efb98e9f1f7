"""Conversion by age: what lifelines estimates from the same leads, and no false drop of young cohorts."""

from tests.acceptance.curves import assert_curves_are_those_of_lifelines
from tests.acceptance.demo.conftest import Ask


def test_curves_and_their_intervals_are_those_of_lifelines(ask: Ask) -> None:
    assert assert_curves_are_those_of_lifelines(ask) > 200


def test_wins_without_a_true_duration_are_left_out_and_counted(ask: Ask) -> None:
    [(left_out,)] = ask("""
        select sum(wins) from (
            select distinct period_start, cohort_wins_left_out as wins from conversion_curves
            where grain = 'month' and dimension = 'total'
        )""")
    [(curve_wins,)] = ask("select sum(wins) from conversion_curves where grain = 'month' and dimension = 'total'")
    [(converted,)] = ask("select count(*) from fct_leads where counts and is_converted")
    assert left_out > 0
    assert curve_wins + left_out == converted
