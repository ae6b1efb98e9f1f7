"""dbt is run in one place: with the workspace's warehouse, target and variables."""

import json
from importlib.metadata import version
from pathlib import Path

import pytest

from orchestration.errors import SettingsError, TransformError
from orchestration.settings import Settings, load_settings
from orchestration.transform import dbt, dbt_version
from orchestration.transform.dbt import (
    dbt_environment,
    dbt_target_path,
    dbt_vars,
    entity_sources,
    is_current,
    manifest_files,
    mark_current,
    prepare_manifest,
    project_fingerprint,
    run_dbt,
)


def project(tmp_path: Path) -> Path:
    """Staging of sheets (two entities) and of one connector that delivers one of them and has a helper model."""
    for model in ("sheets/stg_sheets__leads", "sheets/stg_sheets__deals", "crm/stg_crm__deals", "crm/stg_crm__owners"):
        path = tmp_path / "models" / "staging" / f"{model}.sql"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("select 1")
    return tmp_path


def workspace(tmp_path: Path, sources: str = "{}") -> Settings:
    (tmp_path / "funnelmart.yml").write_text(f"company: Acme\nsources: {sources}\n")
    return load_settings(tmp_path)


def test_entities_come_from_the_folders_of_the_enabled_sources(tmp_path: Path) -> None:
    assert entity_sources(["crm"], project(tmp_path)) == {"deals": ["crm", "sheets"], "leads": ["sheets"]}
    assert entity_sources([], project(tmp_path)) == {"deals": ["sheets"], "leads": ["sheets"]}


def test_an_unknown_source_is_a_mistake_in_the_settings(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"sources\.crn: unknown source; expected one of crm, sheets"):
        entity_sources(["crn"], project(tmp_path))


def test_variables_and_environment_are_those_of_the_workspace(tmp_path: Path) -> None:
    settings = workspace(tmp_path, "{hubspot: {path: x}}")
    variables = dbt_vars(settings)
    assert variables["enabled_sources"] == ["hubspot", "sheets"]
    assert variables["entity_sources"]["deals"] == ["hubspot", "sheets"]
    assert variables["entity_sources"]["ad_spend"] == ["sheets"]
    assert dbt_environment(settings)["FUNNELMART_WAREHOUSE"] == str(tmp_path / "warehouse.duckdb")


def test_the_limits_of_the_engine_reach_the_database_that_dbt_opens(tmp_path: Path) -> None:
    (tmp_path / "funnelmart.yml").write_text("company: Acme\nengine: {memory_limit: 300MB, threads: 1}\n")
    settings = load_settings(tmp_path)
    asked = "select current_setting('memory_limit') || ' ' || current_setting('threads') || ' ' || "
    asked += "current_setting('temp_directory') as limits"

    shown = run_dbt(settings, ["show", "--inline", asked, "--output", "json"]).output

    assert f"286.1 MiB 1 {settings.temporary_path / 'dbt'}" in shown


def test_a_workspace_without_sources_has_a_manifest_that_is_parsed_once(tmp_path: Path) -> None:
    settings = workspace(tmp_path)
    manifest = prepare_manifest(settings)
    names = {node["name"] for node in json.loads(manifest.read_text())["nodes"].values()}
    assert "stg_sheets__leads" in names
    assert "stg_hubspot__leads" not in names
    parsed = manifest.stat().st_mtime_ns
    assert prepare_manifest(settings).stat().st_mtime_ns == parsed


def test_a_workspace_with_the_same_sources_takes_what_another_has_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for name in ("first", "second", "other"):
        (tmp_path / name).mkdir()
    first, second = workspace(tmp_path / "first"), workspace(tmp_path / "second")
    other = workspace(tmp_path / "other", "{hubspot: {path: x}}")
    for name in ("manifest.json", "partial_parse.msgpack", "semantic_manifest.json"):
        (dbt_target_path(first) / name).write_text("read once")
    mark_current(first, project_fingerprint(first))

    assert is_current(second, project_fingerprint(second))
    assert manifest_files(second)[0].read_text() == "read once"
    assert not is_current(other, project_fingerprint(other))


def test_a_failure_says_what_dbt_said_and_where_its_log_is(tmp_path: Path) -> None:
    lines: list[str] = []
    with pytest.raises(TransformError, match=r"dbt run failed \(\d\); log in .*dbt\.log"):
        run_dbt(workspace(tmp_path), ["run", "--no-such-option"], on_line=lines.append)
    assert any("no-such-option" in line for line in lines)


def read_by_dbt(folder: Path, fingerprint: str) -> tuple[Settings, Path]:
    """A workspace whose project dbt has read, and what dbt itself keeps of that."""
    settings = workspace(folder)
    manifest, _ = manifest_files(settings)
    parsed = manifest.with_name("partial_parse.msgpack")
    for path in (manifest, parsed):
        path.write_text("read")
    mark_current(settings, fingerprint)
    return settings, parsed


def test_what_a_killed_reading_left_of_other_sources_is_not_taken_for_this_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A source is added, dbt is killed between the two files that it writes, the source is taken out again."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    settings, parsed = read_by_dbt(tmp_path, "without")
    assert is_current(settings, "without")

    assert not is_current(settings, "with")
    parsed.write_text("read with the source")  # of which the run builds

    assert not is_current(settings, "without")
    assert not parsed.exists()


def test_half_of_what_dbt_keeps_of_a_project_is_not_taken_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    settings, parsed = read_by_dbt(tmp_path, "code")
    parsed.write_text("rea")
    assert not is_current(settings, "code")


def test_another_adapter_or_other_code_takes_nothing_that_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was read with the macros of one adapter, and what an earlier version concluded, holds for no other."""
    settings = workspace(tmp_path)
    known = [project_fingerprint(settings)]
    assert project_fingerprint(settings) == known[0]
    with monkeypatch.context() as patch:
        patch.setattr(dbt_version, "version", lambda name: "9.9" if name == "dbt-duckdb" else version(name))
        known.append(project_fingerprint(settings))
    (tmp_path / "code").mkdir()
    monkeypatch.setattr(dbt, "CODE", tmp_path / "code")
    for code in ("empty = True", "empty = False"):
        (tmp_path / "code" / "condition.py").write_text(code)
        known.append(project_fingerprint(settings))
    assert len(set(known)) == 4
