"""The manifest is read again only where what it was made from has changed, or it is not whole."""

import json
from importlib.metadata import version
from pathlib import Path

import pytest

from orchestration.settings import Settings, load_settings
from orchestration.transform import dbt_version, manifest
from orchestration.transform.command import dbt_target_path
from orchestration.transform.manifest import (
    is_current,
    manifest_files,
    mark_current,
    prepare_manifest,
    project_fingerprint,
)


def workspace(tmp_path: Path, sources: str = "{}") -> Settings:
    (tmp_path / "funnelmart.yml").write_text(f"company: Acme\nsources: {sources}\n")
    return load_settings(tmp_path)


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
    monkeypatch.setattr(manifest, "CODE", tmp_path / "code")
    for code in ("empty = True", "empty = False"):
        (tmp_path / "code" / "condition.py").write_text(code)
        known.append(project_fingerprint(settings))
    assert len(set(known)) == 4
