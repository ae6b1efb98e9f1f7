"""dbt is run in one place, within the limits of the engine, and says why it failed."""

from pathlib import Path

import pytest

from orchestration.errors import TransformError
from orchestration.settings import Settings, load_settings
from orchestration.transform.dbt import run_dbt


def workspace(tmp_path: Path, sources: str = "{}") -> Settings:
    (tmp_path / "funnelmart.yml").write_text(f"company: Acme\nsources: {sources}\n")
    return load_settings(tmp_path)


def test_the_limits_of_the_engine_reach_the_database_that_dbt_opens(tmp_path: Path) -> None:
    (tmp_path / "funnelmart.yml").write_text("company: Acme\nengine: {memory_limit: 300MB, threads: 1}\n")
    settings = load_settings(tmp_path)
    asked = "select current_setting('memory_limit') || ' ' || current_setting('threads') || ' ' || "
    asked += "current_setting('temp_directory') as limits"

    shown = run_dbt(settings, ["show", "--inline", asked, "--output", "json"]).output

    assert f"286.1 MiB 1 {settings.temporary_path / 'dbt'}" in shown


def test_a_failure_says_what_dbt_said_and_where_its_log_is(tmp_path: Path) -> None:
    lines: list[str] = []
    with pytest.raises(TransformError, match=r"dbt run failed \(\d\); log in .*dbt\.log"):
        run_dbt(workspace(tmp_path), ["run", "--no-such-option"], on_line=lines.append)
    assert any("no-such-option" in line for line in lines)
