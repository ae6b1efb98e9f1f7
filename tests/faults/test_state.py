"""State that is damaged heals, or is one message that says what it is. Numbers are those of the faults."""

import datetime as dt
import shutil
import signal
from collections import namedtuple
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from orchestration.cli.app import app
from orchestration.cli.commands import COMMANDS
from orchestration.errors import FunnelmartError, PublishError, SettingsError, TransformError
from orchestration.extracts.find.state import landed_state
from orchestration.settings import Settings, load_settings
from orchestration.transform import dbt, manifest
from orchestration.transform.build_record import publishable, record_path
from orchestration.transform.nothing_new import published_already
from orchestration.warehouse import check_space


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / ".funnelmart").mkdir()
    return Settings(workspace=tmp_path, company="Acme")


def test_16_a_build_record_that_is_cut_off_is_no_build(settings: Settings) -> None:
    record_path(settings).parent.mkdir(parents=True, exist_ok=True)
    record_path(settings).write_text('{"run_id": "run1", "started_at')
    with pytest.raises(PublishError, match="expected a whole run before publishing"):
        publishable(settings)


def test_99_a_state_of_extracts_that_is_no_text_means_that_everything_is_new(settings: Settings) -> None:
    (settings.state_path / "extracts.state").write_bytes(b"\xff\xfe\x00")
    assert landed_state(settings) not in (None, "the state of now")


@pytest.mark.parametrize("damage", [lambda m: m[:20], lambda m: m.replace(b"1", b"2"), lambda m: b""])
def test_a_manifest_of_dbt_that_is_damaged_is_made_again(settings: Settings, damage: Callable[[bytes], bytes]) -> None:
    path, _ = manifest.manifest_files(settings)
    path.write_bytes(b'{"nodes": {"model.a": {"number": 1}}}')
    manifest.mark_current(settings, "the project of now")
    assert manifest.is_current(settings, "the project of now")
    assert not manifest.is_current(settings, "a changed project")
    path.write_bytes(damage(path.read_bytes()))
    assert not manifest.is_current(settings, "the project of now")


def test_a_note_of_the_last_publication_that_is_damaged_makes_a_run_due(settings: Settings) -> None:
    (settings.state_path / "publication.json").write_bytes(b'{"run_id": "run1", "inp\xff')
    assert published_already(settings, dt.datetime.now(dt.UTC)) is None


def test_110_a_disk_that_is_nearly_full_is_named_before_work_starts(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    check_space(settings)
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage(400e6, 394e6, 6e6))
    with pytest.raises(
        FunnelmartError, match=f"{settings.workspace}: 6 MB are free on its disk, expected 64 MB or more"
    ):
        check_space(settings)


def test_5_a_dbt_that_was_killed_says_what_to_set(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dbt, "_run_once", lambda *_: -signal.SIGKILL)
    monkeypatch.setattr(dbt, "arguments", lambda *_: [])
    with pytest.raises(TransformError, match=r"killed by the system; memory .* engine\.memory_limit \(now 4GB\)"):
        dbt.run_dbt(settings, ["build"])


@pytest.mark.parametrize(
    "said",
    [
        "attribution: {lookback_days: 99999999999999999999}",
        "checks: {lead_id_unique: {threshold: 1e400}}",
        "reporting: {today: 0001-01-01}",
        "reporting: {today: 9999-12-31}",
    ],
)
def test_66_settings_that_no_company_has_are_refused(tmp_path: Path, said: str) -> None:
    (tmp_path / "funnelmart.yml").write_text(f"company: A\n{said}\n")
    key = said.partition(":")[0]
    with pytest.raises(
        SettingsError, match=rf"funnelmart.yml:\d+:\d+: {key}\S*: Input should be (less|greater) than or equal"
    ):
        load_settings(tmp_path)


@pytest.mark.parametrize(
    ("folder", "taken"), [("acme?", r"\?"), ("acme #2", "#"), ("acme%41", "%41"), ("a $HOME", r"\$H")]
)
def test_a_folder_that_addresses_of_databases_can_not_name_is_refused(tmp_path: Path, folder: str, taken: str) -> None:
    (tmp_path / folder).mkdir()
    (tmp_path / folder / "funnelmart.yml").write_text("company: A\n")
    with pytest.raises(SettingsError, match=rf"its path has '{taken}', which .* expected a folder whose path has no"):
        load_settings(tmp_path / folder)


@pytest.mark.parametrize("folder", ["a[/b]", "ws [draft]"])
def test_67_the_folder_of_a_workspace_is_no_markup(tmp_path: Path, folder: str) -> None:
    (tmp_path / folder).mkdir(parents=True)
    (tmp_path / folder / "funnelmart.yml").write_text("company: A\n")
    result = CliRunner().invoke(app, ["status", "-w", str(tmp_path / folder)], env={"COLUMNS": "400"})
    assert result.exit_code == 0, result.output
    assert folder in result.output
    assert COMMANDS
