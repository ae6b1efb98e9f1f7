"""Commands that only read what is published don't wait for the libraries that a run needs."""

import subprocess
import sys
from pathlib import Path

import dagster as dg
import pytest

from orchestration.runs.dagster_home import use_dagster_home
from orchestration.settings import load_settings
from tests.orchestration.cli.test_figures import workspace  # noqa: F401  fixture

ROOT = Path(__file__).resolve().parents[3]
OF_A_RUN = {"dagster", "dbt", "great_expectations", "pandas", "numpy", "pyarrow", "sqlalchemy", "altair", "dlt"}
OF_A_WORKSPACE = {"pydantic", "yaml", "duckdb"}
ASK = """
import sys
from typer.testing import CliRunner
from orchestration.cli.app import app
import orchestration.cli.commands
result = CliRunner().invoke(app, sys.argv[1:])
print(result.output, file=sys.stderr)
print(*{name.partition(".")[0] for name in sys.modules})
sys.exit(result.exit_code)
"""


def imported(*arguments: str) -> set[str]:
    """The libraries that are imported once a command has done its work."""
    command = [sys.executable, "-c", ASK, *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


def test_help_imports_nothing_that_only_a_workspace_needs() -> None:
    assert imported("--help") & (OF_A_RUN | OF_A_WORKSPACE) == set()


@pytest.mark.parametrize("command", [["kpis"], ["kpis", "--json"], ["status"], ["rollback", "--list"]])
def test_what_only_reads_the_published_mart_imports_nothing_that_only_a_run_needs(
    workspace: Path,  # noqa: F811
    command: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("DAGSTER_HOME", "FUNNELMART_WORKSPACE"):
        monkeypatch.setenv(name, "")  # put back afterwards
    use_dagster_home(load_settings(workspace))
    with dg.DagsterInstance.get():  # the history of a run lies there
        pass

    assert imported(*command, "-w", str(workspace)) & OF_A_RUN == set()
