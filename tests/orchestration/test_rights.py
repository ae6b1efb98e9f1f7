"""A run that may not publish says so before it builds, with the place and the right that is missing."""

import datetime as dt
from pathlib import Path

import pytest

from orchestration.cli.run import _check as check_before_a_run
from orchestration.errors import SettingsError, UnusableFileError
from orchestration.rights import check_rights
from orchestration.settings import Settings, load_settings
from orchestration.settings.forgotten import read_forgotten
from orchestration.warehouse import open_warehouse
from tests.another_user import whose
from tests.minimal_workspace import make_workspace
from tests.orchestration.publish.conftest import publish_leads

NOW = dt.datetime(2024, 3, 31, 6, 0, tzinfo=dt.UTC)


@pytest.fixture
def acme(tmp_path: Path) -> Settings:
    """A workspace that has published twice."""
    settings = load_settings(make_workspace(tmp_path / "acme"))
    settings.state_path.mkdir()
    (settings.state_path / "dagster").mkdir()
    settings.archive_path.mkdir()
    publish_leads(settings, "run1", [10])
    publish_leads(settings, "run2", [11])
    return settings


@pytest.mark.parametrize(
    ("place", "mode", "missing"),
    [
        (".", 0o500, "write"),
        (".funnelmart/dagster", 0o500, "write"),
        ("published", 0o500, "write"),
        ("published/history", 0o400, "write and enter"),
        ("published/history", 0o500, "write"),
        ("published/history/log.jsonl", 0o400, "write"),
        ("published/funnelmart.duckdb", 0o200, "read"),
        ("warehouse.duckdb", 0o000, "read and write"),
    ],
)
def test_a_right_that_a_run_lacks_is_named_before_it_builds(
    acme: Settings, place: str, mode: int, missing: str
) -> None:
    refused = acme.workspace / place
    with whose(acme.workspace):
        check_before_a_run(acme, NOW)
        before = refused.stat().st_mode
        refused.chmod(mode)
        try:
            with pytest.raises(UnusableFileError) as raised:
                check_before_a_run(acme, NOW)
        finally:
            refused.chmod(before)
    said = f"{refused}: no right to {missing} there, which a run needs. Nothing was started"
    assert str(raised.value) == said
    assert "run it as its owner" in raised.value.next_step


def test_what_a_run_does_not_write_needs_no_right(acme: Settings) -> None:
    acme.reports_path.mkdir()
    with whose(acme.workspace):
        for folder in (acme.reports_path, acme.workspace / "extracts", acme.archive_path):
            folder.chmod(0o500)
        check_rights(acme)


def test_a_file_in_the_place_of_a_folder_is_named(acme: Settings) -> None:
    (acme.state_path / "logs").touch()
    with pytest.raises(UnusableFileError, match=r"logs: is no folder; expected one that a run may write to"):
        check_rights(acme)


def test_a_working_database_of_somebody_else_is_not_taken_for_a_damaged_one(acme: Settings) -> None:
    """Nobody is told to delete it."""
    with whose(acme.workspace):
        acme.warehouse_path.chmod(0o000)
        with (
            pytest.raises(UnusableFileError, match=r"warehouse\.duckdb: no right to read and write it"),
            open_warehouse(acme.warehouse_path, read_only=True),
        ):
            pass


def test_a_list_of_the_forgotten_that_may_not_be_read_is_not_called_damaged(acme: Settings) -> None:
    path = acme.state_path / "forgotten.json"
    path.write_text('{"hashes": {}, "former_keys": {}}')
    with whose(acme.workspace):
        path.chmod(0o000)
        with pytest.raises(UnusableFileError) as raised:
            read_forgotten(acme)
    assert "who were forgotten can't be read: Permission denied" in str(raised.value)
    assert "delete" not in f"{raised.value} {raised.value.next_step}"
    path.chmod(0o600)
    path.write_text("[" * 100_000)
    with pytest.raises(SettingsError, match="is damaged"):
        read_forgotten(acme)
