"""Only a dbt that the models were tried with is started."""

from pathlib import Path

import pytest

from orchestration.errors import DbtVersionError
from orchestration.extracts.sources import DBT_PROJECT
from orchestration.settings import load_settings
from orchestration.transform import dbt_version
from orchestration.transform.dbt import run_dbt
from orchestration.transform.dbt_version import check_dbt


@pytest.mark.parametrize("found", ["1.11.0", "1.11.16", "1.12.6"])
def test_a_version_within_the_range_is_taken(monkeypatch: pytest.MonkeyPatch, found: str) -> None:
    monkeypatch.setattr(dbt_version, "version", lambda package: {"dbt-core": found}[package])

    check_dbt(DBT_PROJECT)


@pytest.mark.parametrize("found", ["1.10.9", "1.13.0", "2.0.0b3"])
def test_another_version_is_refused_before_dbt_is_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, found: str
) -> None:
    monkeypatch.setattr(dbt_version, "version", lambda package: {"dbt-core": found}[package])
    (tmp_path / "funnelmart.yml").write_text("company: Acme\n")

    with pytest.raises(DbtVersionError) as refused:
        run_dbt(load_settings(tmp_path), ["parse"])

    assert str(refused.value) == f"dbt-core in this environment: {found}; expected >=1.11.0,<1.13.0"
    assert "pip install" in refused.value.next_step
    assert not (tmp_path / ".funnelmart" / "logs" / "dbt.log").exists()


def test_an_environment_without_dbt_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(package: str) -> str:
        raise dbt_version.PackageNotFoundError(package)

    monkeypatch.setattr(dbt_version, "version", missing)

    with pytest.raises(DbtVersionError, match="in this environment: none; expected"):
        check_dbt(DBT_PROJECT)
