"""`funnelmart sql`: questions to the published mart, and nothing else."""

import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import orchestration.cli.commands  # noqa: F401  registers the commands
from orchestration.cli.app import app
from orchestration.cli.sql_shell import shell
from orchestration.errors import QueryError
from orchestration.settings import load_settings
from orchestration.views.asked import ask, open_to_questions
from tests.orchestration.cli.test_figures import workspace  # noqa: F401  a published mart

MONTHS = "select period_start, revenue from kpi_total where grain = 'month' order by 1"


def sql(folder: Path, *arguments: str, piped: str = "") -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["sql", "-w", str(folder), *arguments], input=piped)
    return result.exit_code, result.stdout, result.stderr


@pytest.mark.parametrize("piped", [True, False])
def test_an_answer_is_a_table(workspace: Path, piped: bool) -> None:  # noqa: F811
    code, out, _ = sql(workspace, piped=MONTHS) if piped else sql(workspace, MONTHS)

    assert code == 0
    assert [line.split() for line in out.splitlines()] == [
        ["period_start", "revenue"], ["2024-02-01", "0.00"], ["2024-03-01", "1200.00"], ["2", "rows"],
    ]  # fmt: skip


def test_it_is_csv_or_json_for_programs(workspace: Path) -> None:  # noqa: F811
    rows = list(csv.reader(io.StringIO(sql(workspace, "--csv", MONTHS)[1])))
    document = json.loads(sql(workspace, "--json", "select null as x, time '10:00' as at, [1.5] as l")[1])

    assert rows == [["period_start", "revenue"], ["2024-02-01", "0.00"], ["2024-03-01", "1200.00"]]
    assert document == [{"x": None, "at": "10:00:00", "l": [1.5]}]
    assert sql(workspace, "--csv", "--json", MONTHS)[0] == 2


def test_what_is_left_away_is_said(workspace: Path) -> None:  # noqa: F811
    code, out, err = sql(workspace, "--limit", "1", "--csv", MONTHS)

    assert (code, out.splitlines()) == (0, ["period_start,revenue", "2024-02-01,0.00"])
    assert "only the first 1 row is shown" in err


@pytest.mark.parametrize(
    "query",
    [
        "drop table kpi_total", "create temp table x as select 1", "attach ':memory:' as other", "select 1; select 2",
        "copy kpi_total to 'x.csv'", "set threads = 1", "install httpfs", "", "use memory", "selec",
        "select * from read_text('/etc/hostname')", "select * from glob('*')", "select * from '/etc/hostname'",
    ],
)  # fmt: skip
def test_nothing_but_questions_about_the_mart(workspace: Path, query: str, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    monkeypatch.chdir(workspace)
    before = sorted(workspace.rglob("*"))

    code, out, err = sql(workspace, query)

    assert (code, out) == (2, "")
    assert "show tables" in err
    assert sorted(workspace.rglob("*")) == before


def test_a_question_without_an_end_is_stopped(workspace: Path) -> None:  # noqa: F811
    endless = "select count(*) from range(1000000000000) as r (n) where hash(n) % 7 = 3"
    with open_to_questions(load_settings(workspace)) as mart:
        with pytest.raises(QueryError, match=r"stopped after 0\.2 seconds"):
            ask(mart, endless, seconds=0.2)
        assert ask(mart, "select 1 as one").rows == [(1,)], "the connection is still of use"


def test_the_shell_goes_on_after_a_mistake(
    workspace: Path,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    typed = iter(["select colour from kpi_total;", "select leads", "from kpi_total where grain = 'day';", "quit"])
    monkeypatch.setattr("builtins.input", lambda prompt: next(typed))

    with open_to_questions(load_settings(workspace)) as mart:
        shell(mart, 10, 10)

    said = capsys.readouterr().out
    assert 'column "colour" not found' in said
    assert "1 row" in said
    assert next(typed, None) is None


def test_odd_values_are_json_that_parses(workspace: Path) -> None:  # noqa: F811
    code, out, err = sql(workspace, "--json", ODD)

    def no_word(name: str) -> None:
        raise AssertionError(f"{name} is no JSON")

    assert (code, err) == (0, "")
    assert json.loads(out, parse_constant=no_word) == [
        {
            "none": "NaN", "none_1": "Infinity", "days": ["1 day, 0:00:00"], "by": {"2024-03-01": 1}, "none_2": 1.5,
            "whose": {"at": "10:00:00", "on": "2024-03-01"},
        }
    ]  # fmt: skip


ODD = """
    select 'nan'::double as none, 'inf'::double as none, [interval 1 day] as days, map {date '2024-03-01': 1} as by,
        1.5 as none, {'at': time '10:00', 'on': date '2024-03-01'} as whose
"""


@pytest.mark.parametrize("form", ["--csv", "--limit=5"])
def test_lists_and_structs_are_written_as_json_not_as_python(workspace: Path, form: str) -> None:  # noqa: F811
    code, out, _ = sql(workspace, form, "select [1.5, 2.5] as l, {'on': date '2024-03-01', 'who': 'Ann'} as s")

    assert code == 0
    assert "Decimal" not in out
    assert "datetime" not in out
    assert "[1.5, 2.5]" in out
    assert '"2024-03-01"' in out.replace('""', '"')


def test_csv_that_an_error_ends_is_said_to_be_no_whole_answer(workspace: Path) -> None:  # noqa: F811
    query = "select case when i < 2900000 then '1' else 'x' end::int as n from range(3000000) as r(i)"
    code, out, err = sql(workspace, "--csv", query)

    written = len(out.splitlines()) - 1
    assert (code, written > 0) == (2, True)
    assert f"the {written} rows that are written are not the whole answer" in err.replace(",", "")
