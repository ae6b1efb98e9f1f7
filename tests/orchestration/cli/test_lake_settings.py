"""`publish.lake` in funnelmart.yml names published facts, and nothing else."""

from pathlib import Path

import pytest

from orchestration.cli.validation import check_lake_settings
from orchestration.errors import SettingsError
from orchestration.settings import load_settings


def check(folder: Path, lake: str) -> None:
    (folder / "funnelmart.yml").write_text(f"company: Acme\npublish: {{lake: {lake}}}\n")
    check_lake_settings(load_settings(folder))


def test_facts_may_stay_in_the_lake(tmp_path: Path) -> None:
    check(tmp_path, "[fct_touches, fct_ad_spend]")


def test_an_unknown_fact_is_named_with_those_that_exist(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"publish\.lake\[1\]: fct_touch: unknown fact; .*fct_touches"):
        check(tmp_path, "[fct_ad_spend, fct_touch]")


def test_a_kpi_table_stays_in_the_file(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"publish\.lake"):
        check(tmp_path, "[kpi_total]")
