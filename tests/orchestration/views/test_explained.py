"""What `funnelmart explain` knows of a check."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from data_checks.history import remember
from data_checks.results import CheckResult
from orchestration.errors import SettingsError
from orchestration.settings import Check, Settings
from orchestration.transform import build_record
from orchestration.transform.build_record import BuildRecord
from orchestration.views.explained import explain_check

NOW = dt.datetime(2025, 6, 30, 6, 0, tzinfo=dt.UTC)
FAILED = CheckResult(
    "leads", "leads_volume", "intermediate.int_leads", "warning", False, 7.5, 1, Decimal("4.2"), "a drop",
    [{"source": "crm", "what": "drop"}],
)  # fmt: skip


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(workspace=tmp_path, company="Acme")


def test_before_the_first_run_the_rule_alone_is_known(settings: Settings) -> None:
    explained = explain_check(settings, "leads_volume")

    assert (explained.suite, explained.limit_from, explained.check.threshold) == ("leads", "learned", Decimal(5))
    assert (explained.latest, explained.history) == (None, [])


def test_a_run_that_was_stopped_says_what_it_found(settings: Settings) -> None:
    build_record.save(settings, BuildRecord("r", NOW, NOW.date(), checks=(FAILED,)))
    remember(settings, "r", NOW, [FAILED])
    said = explain_check(settings, "leads_volume").as_document()

    assert said["latest"]["verdict"] == "failed"
    assert said["latest"]["samples"] == [{"source": "crm", "what": "drop"}]
    assert [(past["verdict"], past["observed"], past["threshold"]) for past in said["history"]] == [
        ("failed", 7.5, 4.2)
    ]


def test_a_threshold_of_the_settings_is_said_to_be_that(tmp_path: Path) -> None:
    settings = Settings(workspace=tmp_path, company="Acme", checks={"leads_volume": Check(threshold="9")})
    explained = explain_check(settings, "leads_volume")
    assert (explained.limit_from, explained.check.threshold) == ("settings", Decimal(9))


def test_a_misspelt_name_names_the_nearest(settings: Settings) -> None:
    with pytest.raises(SettingsError, match=r"'leads_volum' is no check; expected .* such as leads_volume"):
        explain_check(settings, "leads_volum")
