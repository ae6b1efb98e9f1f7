"""`rollback --list`: the kept marts with what each of them says."""

import json
from pathlib import Path

import duckdb
from typer.testing import CliRunner

import orchestration.cli.commands  # noqa: F401  registers the commands
from orchestration.cli.app import app
from orchestration.publish import RunInfo, kept_marts, publish
from orchestration.settings import load_settings
from tests.orchestration.cli.test_figures import workspace  # noqa: F401  a published mart
from tests.orchestration.publish.conftest import DESCRIPTIONS, PASSED, STARTED


def listed(folder: Path, *options: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["rollback", "--list", "-w", str(folder), *options])
    return result.exit_code, result.stdout


def publish_again(folder: Path, run_id: str, leads: int) -> None:
    settings = load_settings(folder)
    with duckdb.connect(str(settings.warehouse_path)) as warehouse:
        warehouse.execute("update mart.kpi_total set leads = ? where period_start = date '2024-03-01'", [leads])
    publish(settings, RunInfo(run_id, STARTED, STARTED.date(), "0.1.0"), PASSED, DESCRIPTIONS)


def test_each_mart_with_figures_of_the_same_month(workspace: Path) -> None:  # noqa: F811
    publish_again(workspace, "run2", 5)
    CliRunner().invoke(app, ["rollback", "-w", str(workspace)])

    marts = json.loads(listed(workspace, "--json")[1])
    table = listed(workspace)[1]

    told = [(mart["run_id"], mart["month"], mart["leads"], mart["won_deals"], mart["is_published"]) for mart in marts]
    assert told == [("run1", "2024-03-01", 2, 1, True), ("run2", "2024-03-01", 5, 1, False)]
    assert "revenue 2024-03" in table
    assert [line.split()[-1] for line in table.splitlines()[1:]] == ["published", "EUR"]
    assert "1,200 EUR" in table


def test_a_damaged_one_is_listed_with_its_problem(workspace: Path) -> None:  # noqa: F811
    publish_again(workspace, "run2", 5)
    (kept,) = kept_marts(load_settings(workspace))
    kept.path.unlink()
    kept.path.write_bytes(b"no mart")

    code, out = listed(workspace)

    assert code == 0
    assert "not a valid DuckDB database file" in out


def test_none_is_kept_yet(tmp_path: Path) -> None:
    (tmp_path / "funnelmart.yml").write_text("company: Acme\n")

    assert listed(tmp_path) == (0, "no mart is kept yet\n")
    assert listed(tmp_path, "--json") == (0, "[]\n")


def test_to_choose_one_and_to_list_them_are_two_things(workspace: Path) -> None:  # noqa: F811
    assert listed(workspace, "--to", "run1")[0] == 2
