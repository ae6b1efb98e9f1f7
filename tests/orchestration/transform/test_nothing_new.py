"""A run is due whenever anything that the mart is made from, or the mart itself, is not as the last run left it."""

import datetime as dt
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from orchestration.extracts.find.state import extracts_state
from orchestration.settings import Settings, load_settings
from orchestration.transform import inputs
from orchestration.transform.inputs import inputs_fingerprint
from orchestration.transform.nothing_new import published_already, record_publication
from tests.minimal_workspace import make_workspace

NOW = dt.datetime(2024, 3, 31, 6, tzinfo=dt.UTC)


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace as a whole run leaves it, as far as this looks at it."""
    monkeypatch.delenv("FUNNELMART_PERSON_KEY", raising=False)
    folder = make_workspace(tmp_path / "acme")
    settings = load_settings(folder)
    for path in (settings.published_path, *(settings.reports_path / name for name in ("data_docs", "."))):
        path.parent.mkdir(parents=True, exist_ok=True)
    publish(settings, "run1")
    settings.warehouse_path.touch()
    (settings.reports_path / "data_docs").mkdir()
    for name in ("kpi_report.html", "dbt_docs.html", "data_docs/index.html"):
        (settings.reports_path / name).touch()
    record_publication(settings, "run1", inputs_fingerprint(settings, extracts_state(settings), NOW))
    return folder


def publish(settings: Settings, run_id: str) -> None:
    settings.published_path.unlink(missing_ok=True)
    with duckdb.connect(str(settings.published_path)) as mart:
        mart.execute(f"create schema _meta; create table _meta.run as select '{run_id}' as run_id")


def rewrite(path: Path, old: str, new: str) -> None:
    path.write_text(path.read_text().replace(old, new))


def same_size_and_time(folder: Path) -> None:
    leads = folder / "extracts" / "leads.csv"
    before = leads.stat()
    rewrite(leads, "L1,2024", "L9,2024")
    os.utime(leads, ns=(before.st_atime_ns, before.st_mtime_ns))


def another_key(state: Path) -> None:
    (state / "person.key").write_text("another key of people, on purpose")
    (state / "person.fingerprint").unlink()


CHANGES: dict[str, Callable[[Path], object]] = {
    "a new file": lambda folder: shutil.copy(folder / "extracts" / "leads.csv", folder / "extracts" / "leads_2.csv"),
    "a file of the same size and time": same_size_and_time,
    "a setting": lambda folder: rewrite(folder / "funnelmart.yml", "Europe/Berlin", "Europe/Paris"),
    "today": lambda folder: rewrite(folder / "funnelmart.yml", "2024-03-31", "2024-04-01"),
    "the key of people": lambda folder: another_key(folder / ".funnelmart"),
    "another mart in its place": lambda folder: publish(load_settings(folder), "run1"),
    "a mart rolled back": lambda folder: publish(load_settings(folder), "run0"),
    "no mart": lambda folder: load_settings(folder).published_path.unlink(),
    "no report": lambda folder: (folder / "reports" / "kpi_report.html").unlink(),
    "no warehouse": lambda folder: (folder / "warehouse.duckdb").unlink(),
    "a note that can't be read": lambda folder: (folder / ".funnelmart" / "publication.json").write_text("{"),
}


def test_where_all_is_as_it_was_no_run_is_due(workspace: Path) -> None:
    assert published_already(load_settings(workspace), NOW) == "run1"
    assert published_already(load_settings(workspace), NOW + dt.timedelta(days=1)) == "run1"  # `today` is fixed


def test_how_much_of_the_machine_a_run_takes_changes_no_figure(workspace: Path) -> None:
    with (workspace / "funnelmart.yml").open("a") as settings:
        settings.write("engine: {memory_limit: 1GB, threads: 1}\n")

    assert published_already(load_settings(workspace), NOW) == "run1"


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_makes_a_run_due(workspace: Path, change: str) -> None:
    CHANGES[change](workspace)

    assert published_already(load_settings(workspace), NOW) is None


def test_another_day_makes_a_run_due_where_today_is_not_fixed(workspace: Path) -> None:
    rewrite(workspace / "funnelmart.yml", ", today: 2024-03-31", "")
    settings = load_settings(workspace)
    record_publication(settings, "run1", inputs_fingerprint(settings, extracts_state(settings), NOW))

    assert published_already(settings, NOW) == "run1"
    assert published_already(settings, NOW + dt.timedelta(days=1)) is None


def test_other_code_or_libraries_make_a_run_due(
    workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = load_settings(workspace)
    package = tmp_path / "made_up_package"
    package.mkdir()
    (package / "__init__.py").write_text("FIGURE = 1\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(inputs, "_PACKAGES", ("made_up_package",))
    record_publication(settings, "run1", inputs_fingerprint(settings, extracts_state(settings), NOW))
    assert published_already(settings, NOW) == "run1"

    (package / "__init__.py").write_text("FIGURE = 2\n")
    assert published_already(settings, NOW) is None

    (package / "__init__.py").write_text("FIGURE = 1\n")
    monkeypatch.setattr(inputs.sys, "version", "another Python")
    assert published_already(settings, NOW) is None
