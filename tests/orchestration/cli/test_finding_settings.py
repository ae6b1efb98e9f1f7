"""`findings` in funnelmart.yml may change the threshold of rules that exist, and of no others."""

from pathlib import Path

import pytest

from orchestration.cli.validation import check_finding_settings
from orchestration.errors import SettingsError
from orchestration.settings import load_settings


def test_a_rule_that_exists_may_be_changed(tmp_path: Path) -> None:
    (tmp_path / "funnelmart.yml").write_text("company: Acme\nfindings: {sales_overload: {threshold: 0.3}}\n")
    check_finding_settings(load_settings(tmp_path))


def test_an_unknown_rule_is_named_with_those_that_exist(tmp_path: Path) -> None:
    (tmp_path / "funnelmart.yml").write_text("company: Acme\nfindings: {overload: {threshold: 0.3}}\n")
    with pytest.raises(SettingsError, match=r"findings\.overload: unknown rule; expected one of .*sales_overload"):
        check_finding_settings(load_settings(tmp_path))


@pytest.mark.parametrize("threshold", ["0", "-0.1"])
def test_a_threshold_that_everything_passes_is_an_error(tmp_path: Path, threshold: str) -> None:
    settings = f"company: Acme\nfindings: {{sales_overload: {{threshold: {threshold}}}}}\n"
    (tmp_path / "funnelmart.yml").write_text(settings)
    with pytest.raises(
        SettingsError, match=rf"findings\.sales_overload\.threshold: {threshold}; expected a number above 0"
    ):
        check_finding_settings(load_settings(tmp_path))
