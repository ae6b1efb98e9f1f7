"""Several sources at once, and what a crash leaves."""

import datetime as dt
from pathlib import Path

import pytest
from typer.testing import CliRunner

import orchestration.cli.commands  # noqa: F401  registers the commands
from orchestration.cli.app import app
from orchestration.errors import PullError, SettingsError, WorkspaceLockedError
from orchestration.extracts.find.discover import discover_source
from orchestration.lock import workspace_lock
from orchestration.pull import run
from orchestration.pull.job import written_aside
from orchestration.pull.run import Pulled, Puller, pull_sources
from orchestration.settings import Settings
from tests.orchestration.extracts.conftest import SOURCES
from tests.orchestration.pull.conftest import FIRST, NEXT, Workspace


def settings_of(path: Path, *names: str) -> Settings:
    sources = {name: {"path": f"extracts/{name}", "pull": {}} for name in names}
    return Settings.model_validate({"workspace": path, "company": "Acme", "sources": sources})


@pytest.fixture(autouse=True)
def pullers(monkeypatch: pytest.MonkeyPatch) -> None:
    def fine(job):
        yield "deals", {"data": [job.source]}
        yield "users", {"data": []}

    def broken(job):
        yield "deals", {"data": [1]}
        raise PullError(f"{job.source}: GET deals answered 500: no")

    monkeypatch.setattr(run, "PULLERS", {"one": Puller(fine, "users", 1), "two": Puller(broken, "users", 1)})


def test_a_source_that_fails_stops_no_other(tmp_path: Path) -> None:
    heard: list[Pulled | PullError] = []
    with pytest.raises(PullError, match=r"^two: GET deals answered 500: no$"):
        pull_sources(settings_of(tmp_path, "two", "one"), tell=heard.append)
    assert [type(result) for result in heard] == [PullError, Pulled]
    assert len(list((tmp_path / "extracts" / "one").iterdir())) == 2
    assert list((tmp_path / "extracts" / "two").iterdir()) == []


def test_what_a_killed_pull_left_is_no_extract_and_goes(tmp_path: Path) -> None:
    folder = tmp_path / "extracts" / "one"
    (folder / ".pull").mkdir(parents=True)
    (folder / ".pull" / "deals_20240101T000000Z.jsonl").write_text('{"data": [')
    run.pull_source(settings_of(tmp_path, "one"), "one", FIRST)
    assert sorted(path.name for path in folder.iterdir()) == [
        "deals_20240310T060000Z.jsonl",
        "users_20240310T060000Z.jsonl",
    ]


def test_a_crash_while_files_move_into_place_leaves_the_cursor_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = settings_of(tmp_path, "one")
    move = Path.replace

    def crash(path: Path, target: Path) -> Path:
        if path.name.startswith("users"):
            raise KeyboardInterrupt
        return move(path, target)

    monkeypatch.setattr(Path, "replace", crash)
    with pytest.raises(KeyboardInterrupt):
        run.pull_source(settings, "one", FIRST)
    monkeypatch.undo()
    assert [path.name for path in (tmp_path / "extracts" / "one").iterdir()] == ["deals_20240310T060000Z.jsonl"]


def test_the_cursor_is_the_newest_file_of_its_table(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, "one")
    assert run.pull_source(settings, "one", FIRST).since is None
    assert run.pull_source(settings, "one", NEXT).since == dt.datetime(2024, 3, 9, 6, tzinfo=dt.UTC)
    assert run.pull_source(settings, "one", NEXT, dt.date(2024, 1, 1)).since == dt.datetime(2024, 1, 1, tzinfo=dt.UTC)


def test_two_pulls_of_a_source_do_not_meet(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, "one")
    with workspace_lock(settings, "pull-one.lock"), pytest.raises(WorkspaceLockedError):
        run.pull_source(settings, "one", FIRST)


def test_text_becomes_a_tsv_file(tmp_path: Path) -> None:
    with written_aside(tmp_path, FIRST) as files:
        files.add("report", "Date\tCost\n2024-03-01\t1.00\n")
        assert [path.name for path in files.commit("report")] == ["report_20240310T060000Z.tsv"]
    assert (tmp_path / "report_20240310T060000Z.tsv").read_text() == "Date\tCost\n2024-03-01\t1.00\n"


def test_what_can_not_be_pulled_is_a_mistake_in_the_settings(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no source has `pull`; expected it with one of one, two"):
        pull_sources(settings_of(tmp_path))
    with pytest.raises(SettingsError, match=r"sources\.two\.pull: not there"):
        pull_sources(settings_of(tmp_path, "one"), ["two"])
    remote = {"one": {"path": "s3://acme/one", "pull": {}}}
    with pytest.raises(SettingsError, match=r"sources\.one\.path: what is pulled is written there"):
        pull_sources(Settings.model_validate({"workspace": tmp_path, "company": "Acme", "sources": remote}))


def test_before_the_first_pull_the_error_says_how_to_do_it(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, "hubspot")
    with pytest.raises(SettingsError, match=r"extracts/hubspot is not there yet; expected what `funnelmart pull -w "):
        discover_source(settings, SOURCES["hubspot"])


def test_the_command_says_what_came(workspace: Workspace) -> None:
    (workspace.path / "funnelmart.yml").write_text("company: Acme\nsources: {one: {path: extracts/one, pull: {}}}\n")
    done = CliRunner().invoke(app, ["pull", "one", "-w", str(workspace.path), "--since", "2024-03-01"])
    assert (done.exit_code, done.stdout) == (0, "pulled  one: since 2024-03-01: 1 deals, 1 users\n")
