"""A backfill chooses files by pattern, by the dates in their names, or by both."""

import pytest

from orchestration.defs.reload import reload_rule
from orchestration.errors import SettingsError

FILES = ["ads/2024-01-31.csv", "ads/2024-02.csv", "ads/20240301_20240331.csv", "leads.csv"]


def chosen(**config: str) -> list[str]:
    rule = reload_rule(config)
    assert rule is not None
    return [name for name in FILES if rule(name)]


def test_without_configuration_nothing_is_read_again() -> None:
    assert reload_rule(None) is None


def test_by_pattern_of_path_or_name() -> None:
    assert chosen(files="2024-*") == ["ads/2024-01-31.csv", "ads/2024-02.csv"]


def test_by_dates_a_month_counts_where_any_day_of_it_is_asked_for() -> None:
    assert chosen(**{"from": "2024-02-29", "to": "2024-03-15"}) == [*FILES[1:3], "leads.csv"]


def test_a_file_without_a_date_in_its_name_may_hold_any_day() -> None:
    assert chosen(**{"from": "2030-01-01"}) == ["leads.csv"]


def test_by_both() -> None:
    assert chosen(files="ads/*", **{"to": "2024-01-31"}) == ["ads/2024-01-31.csv"]


def test_a_wrong_date_is_refused() -> None:
    with pytest.raises(SettingsError, match=r"reload\.from"):
        reload_rule({"from": "31.01.2024"})
