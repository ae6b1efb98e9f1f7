"""`funnelmart diff`: which marts it takes, what it prints, how it ends."""

import json
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

import orchestration.cli.commands  # noqa: F401  registers the commands
from orchestration.cli.app import app
from orchestration.errors import PublishError
from orchestration.settings import Settings
from orchestration.views.diff import marts
from tests.orchestration.publish.conftest import publish_leads, settings  # noqa: F401  a fixture


def diff(*arguments: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["diff", *map(str, arguments)])
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def twice(settings: Settings) -> Settings:  # noqa: F811
    """A workspace that published 10 leads and then 10 and 12."""
    (settings.workspace / "funnelmart.yml").write_text("company: Acme\n")
    publish_leads(settings, "run1", [10])
    publish_leads(settings, "run2", [10, 12])
    return settings


def test_the_mart_before_is_compared_with_the_published_one(twice: Settings) -> None:
    code, out, _ = diff("-w", twice.workspace)

    assert code == 1
    assert "kpi_total: 1 → 2 rows: 1 added, 0 removed, 0 changed" in out
    assert out.endswith("1 of 1 table differs\n")


def test_equal_marts_end_with_0(twice: Settings) -> None:
    assert diff(twice.published_path, twice.published_path)[:2] == (0, diff(twice.workspace, twice.workspace)[1])


def test_a_kept_mart_may_be_named_and_the_answer_be_one_document(twice: Settings) -> None:
    code, out, _ = diff("run1", "-w", twice.workspace, "--json")
    document = json.loads(out)

    assert (code, document["equal"], document["new"]["run"]["run_id"]) == (1, False, "run2")
    assert document["tables"] == [
        {
            "table": "kpi_total", "equal": False, "old_rows": 1, "new_rows": 2, "key": ["leads"],
            "added": 1, "removed": 0, "changed": 0, "columns_only_old": [], "columns_only_new": [], "types": {},
            "changed_columns": {}, "examples": {"added": [{"leads": 12}], "removed": [], "changed": []}, "moves": [],
        }
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [(["nowhere"], "no file"), (["--tolerance", "much"], "--tolerance"), (["-w", "/nowhere"], "funnelmart.yml")],
)
def test_what_can_not_be_compared_ends_with_2(arguments: list[str], reason: str, twice: Settings) -> None:
    code, out, err = diff(*(arguments if "-w" in arguments else ["-w", twice.workspace, *arguments]))

    assert (code, out) == (2, "")
    assert reason in err


def test_nothing_before_the_first_publication_to_compare_with(settings: Settings, tmp_path: Path) -> None:  # noqa: F811
    (tmp_path / "funnelmart.yml").write_text("company: Acme\n")

    assert diff("-w", tmp_path)[0] == 2
    publish_leads(settings, "run1", [10])
    assert "no mart older" in diff("-w", tmp_path)[2]


@pytest.mark.parametrize(
    "error",
    [PermissionError(13, "Permission denied", "/acme/published"), OSError("odd"), PublishError("not readable")],
)
def test_what_could_not_be_compared_is_not_called_different(
    twice: Settings, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    """1 says that the marts differ."""

    def refusing(*_: object) -> None:
        raise error

    monkeypatch.setattr("orchestration.cli.diff.compare_marts", refusing)
    code, out, err = diff("-w", twice.workspace)
    assert (code, out) == (2, "")
    assert err.startswith("funnelmart: ")
    document = json.loads(diff("-w", twice.workspace, "--json")[1])
    assert document["exit_code"] == 2


def test_the_workspaces_engine_compares(twice: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its limits of memory, and a folder of its own to spill to."""
    asked = []

    def noting(connection: object, *_: object) -> object:
        assert isinstance(connection, duckdb.DuckDBPyConnection)
        names = ("memory_limit", "threads", "temp_directory")
        asked.append(connection.execute(f"select {', '.join(f'current_setting({n!r})' for n in names)}").fetchone())
        return compare(connection, *_)

    compare = marts._compare
    twice.state_path.mkdir(exist_ok=True)
    monkeypatch.setattr(marts, "_compare", noting)
    (twice.workspace / "funnelmart.yml").write_text("company: Acme\nengine: {memory_limit: 512MiB, threads: 1}\n")

    assert diff("-w", twice.workspace)[0] == 1
    [(memory, threads, folder)] = asked
    assert (memory, threads) == ("512.0 MiB", 1)
    assert Path(folder).parent.parent == twice.state_path
    monkeypatch.setattr(marts, "_compare", compare)
    (twice.workspace / "funnelmart.yml").write_text("company: Acme\nnonsense: 1\n")
    assert diff(twice.published_path, twice.published_path, "-w", twice.workspace)[0] == 0  # files need no settings
