"""docs/bi.md: every snippet runs as it stands, every question has an answer."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from orchestration.extracts.sources import DBT_PROJECT

ROOT = DBT_PROJECT.parent
PAGE = (ROOT / "docs" / "bi.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


def environment() -> dict[str, str]:
    """The tools installed with the project come first, as in an activated environment."""
    return {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    }


def run(command: list[str], folder: Path) -> str:
    result = subprocess.run(command, cwd=folder, env=environment(), capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


def test_there_are_ten_questions() -> None:
    assert len(blocks("sql")) == len(re.findall(r"^### \d+\. ", PAGE, re.MULTILINE)) == 10


@pytest.mark.parametrize("number", range(1, 11))
def test_a_question_has_an_answer(number: int, desk: Path) -> None:
    with duckdb.connect(str(desk / "acme" / "published" / "funnelmart.duckdb"), read_only=True) as mart:
        mart.execute("use mart")
        rows = mart.execute(blocks("sql")[number - 1]).fetchall()
    assert rows
    assert any(value is not None for row in rows for value in row[1:])


@pytest.mark.parametrize("number", range(len(blocks("python"))))
def test_python_snippets_run(number: int, desk: Path) -> None:
    assert run([sys.executable, "-c", blocks("python")[number]], desk).strip()


def test_the_command_line_of_duckdb_reads_the_mart(desk: Path) -> None:
    [line] = [line for block in blocks("sh") for line in block.splitlines() if line.startswith("duckdb ")]
    answer = run(["sh", "-c", line.replace("duckdb ", "duckdb -csv ", 1)], desk)
    header, *months = answer.splitlines()
    assert header == "period_start,leads,revenue,roi"
    assert len(months) >= 24


@pytest.mark.parametrize("line", [line for block in blocks("sh") for line in block.splitlines() if " mf " in line])
def test_the_semantic_layer_answers(line: str, desk: Path) -> None:
    answer = run(["sh", "-c", line.replace("funnelmart ", f"{sys.executable} -m orchestration.cli ", 1)], desk)
    assert re.search("lead_to_deal_ratio|metric_time__month|sales_rep", answer), answer


@pytest.mark.parametrize("name", ["mart.kpi_total", '"mart"."kpi_total"', "funnelmart.mart.kpi_total", "kpi_total"])
def test_every_way_to_name_a_table_means_the_same(name: str, desk: Path) -> None:
    with duckdb.connect(str(desk / "acme" / "published" / "funnelmart.duckdb"), read_only=True) as mart:
        if "." not in name:
            mart.execute("use mart")
        assert mart.execute(f"select count(*), sum(revenue) from {name} where grain = 'year'").fetchall() == (
            mart.execute("select count(*), sum(revenue) from mart.kpi_total where grain = 'year'").fetchall()
        )
        assert mart.execute("select count(*) from _meta.run").fetchone() == (1,)


def test_parquet_files_are_the_tables_type_by_type(desk: Path) -> None:
    published = desk / "acme" / "published"
    with duckdb.connect(str(published / "funnelmart.duckdb"), read_only=True) as mart:
        tables = mart.execute("select schema_name, table_name from duckdb_tables() order by all").fetchall()
        assert len(tables) > 30
        for schema, table in tables:
            file = published / "parquet" / schema / f"{table}.parquet"
            described = "select column_name, column_type from (describe select * from {})"
            expected = mart.execute(described.format(f'{schema}."{table}"')).fetchall()
            assert mart.execute(described.format(f"'{file}'")).fetchall() == expected, table
            counts = mart.execute(
                f"""select (select count(*) from {schema}."{table}"), (select count(*) from '{file}')"""
            ).fetchone()
            assert counts is not None
            assert counts[0] == counts[1], table


def test_node_reads_the_mart(desk: Path, tmp_path: Path) -> None:
    """The example's own lock file, so the binding that users get."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        pytest.skip("node and npm are not installed")
    package = tmp_path / "node"
    shutil.copytree(ROOT / "examples" / "node", package, ignore=shutil.ignore_patterns("node_modules"))
    install = subprocess.run(
        [npm, "ci", "--no-audit", "--no-fund", "--prefer-offline", "--fetch-retries=1", "--fetch-timeout=20000"],
        cwd=package, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if install.returncode and re.search("ENOTFOUND|ETIMEDOUT|ECONNREFUSED|EAI_AGAIN|ECONNRESET", install.stderr):
        pytest.skip("the npm registry can't be reached from here")
    assert install.returncode == 0, install.stderr

    answer = json.loads(run([node, str(package / "query.mjs"), "acme/published/funnelmart.duckdb"], desk))

    with duckdb.connect(str(desk / "acme" / "published" / "funnelmart.duckdb"), read_only=True) as mart:
        expected = mart.execute(
            "select sum(revenue) from mart.kpi_total where grain = 'month' and period_start = ("
            "select max(period_start) from mart.kpi_total where grain = 'month' and is_complete)"
        ).fetchone()
    assert expected is not None
    assert sum(row["revenue"] for row in answer) == pytest.approx(float(expected[0]))
