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


ADDITIVE = "leads", "qualified_leads", "ad_spend", "marketing_cost", "won_deals", "revenue", "gross_profit"


@pytest.mark.parametrize("grain", ["day", "week", "month", "quarter", "year"])
def test_a_sum_over_the_view_of_a_grain_is_the_kpi(grain: str, desk: Path) -> None:
    sums = ", ".join(f"sum({kpi})::double" for kpi in ADDITIVE)
    with duckdb.connect(str(desk / "acme" / "published" / "funnelmart.duckdb"), read_only=True) as mart:
        (truth,) = mart.execute(f"select {sums} from mart.kpi_total where grain = '{grain}'").fetchall()
        for members in ("total", "by_channel", "by_campaign"):
            assert mart.execute(f"select {sums} from mart.kpi_{grain}_{members}").fetchall()[0] == (
                pytest.approx(truth, rel=1e-5)
            ), members
        shown = dict(mart.execute(f"select column_name, column_type from (describe mart.kpi_{grain}_total)").fetchall())
    assert "grain" not in shown
    assert [shown[kpi] for kpi in ("leads", "revenue", "won_deals", "roi")] == (
        ["BIGINT", "DECIMAL(18,2)", "DOUBLE", "DOUBLE"]
    )


def test_views_of_a_grain_are_described_like_their_table(desk: Path) -> None:
    with duckdb.connect(str(desk / "acme" / "published" / "funnelmart.duckdb"), read_only=True) as mart:
        bare = mart.execute("select view_name from duckdb_views() where schema_name = 'mart' and comment is null")
        assert bare.fetchall() == []
        bare = mart.execute(
            "select table_name, column_name from duckdb_columns() where schema_name = 'mart' and comment is null"
        )
        assert bare.fetchall() == []
        parts = mart.execute(
            "select part_of, count(*) from _meta.tables where part_of is not null group by 1 order by 1"
        )
        assert parts.fetchall() == [
            (f"kpi_{members}", 5) for members in ("by_campaign", "by_channel", "by_product", "by_sales_rep", "total")
        ]


def test_the_star_is_what_the_mart_says_of_itself(desk: Path) -> None:
    drawn = re.findall(r"^ +(\w+) [|o{}-]+ (\w+) : (\w+)$", PAGE, re.MULTILINE)
    with duckdb.connect(str(desk / "acme" / "published" / "funnelmart.duckdb"), read_only=True) as mart:
        told = mart.execute("select to_table, table_name, column_name from _meta.relationships").fetchall()
    assert sorted(drawn) == sorted(told)


def test_parquet_files_are_the_tables_type_by_type(desk: Path) -> None:
    published = desk / "acme" / "published"
    with duckdb.connect(str(published / "funnelmart.duckdb"), read_only=True) as mart:
        tables = mart.execute("select schema_name, table_name from duckdb_tables() order by all").fetchall()
        assert len(tables) > 30
        for schema, table in tables:
            file = published / "parquet" / schema / f"{table}.parquet"
            described = "select column_name, column_type from (describe select * from {})"
            types = mart.execute(described.format(f'{schema}."{table}"')).fetchall()
            expected = [(column, "VARCHAR" if kind == "JSON" else kind) for column, kind in types]
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
