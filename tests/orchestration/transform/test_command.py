"""dbt is started with the workspace's variables, warehouse and target."""

from pathlib import Path

import pytest

from orchestration.settings import Settings, load_settings
from orchestration.transform.command import dbt_environment, dbt_vars


def workspace(tmp_path: Path, sources: str = "{}") -> Settings:
    (tmp_path / "funnelmart.yml").write_text(f"company: Acme\nsources: {sources}\n")
    return load_settings(tmp_path)


def test_variables_and_environment_are_those_of_the_workspace(tmp_path: Path) -> None:
    settings = workspace(tmp_path, "{hubspot: {path: x}}")
    variables = dbt_vars(settings)
    assert variables["enabled_sources"] == ["hubspot", "sheets"]
    assert variables["entity_sources"]["deals"] == ["hubspot", "sheets"]
    assert variables["entity_sources"]["ad_spend"] == ["sheets"]
    assert dbt_environment(settings)["FUNNELMART_WAREHOUSE"] == str(tmp_path / "warehouse.duckdb")


def test_what_is_set_for_another_dbt_project_is_no_setting_of_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = workspace(tmp_path)
    ours = {name for name in dbt_environment(settings) if name.startswith("DBT_")}
    for name in ("DBT_TARGET", "DBT_PROFILE", "DBT_WARN_ERROR", "DBT_FULL_REFRESH", "DBT_PROJECT_DIR"):
        monkeypatch.setenv(name, "prod")
    found = dbt_environment(settings)
    assert {name for name in found if name.startswith("DBT_")} == ours
    assert found["DBT_PROJECT_DIR"] != "prod"
