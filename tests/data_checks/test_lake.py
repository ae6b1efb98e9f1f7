"""Checks of tables that lie in the lake: another engine answers, and every verdict, count and sample is the same.

The other engine is a DuckDB here; `make test-spark` asks Spark the same.
"""

import dataclasses
from pathlib import Path

import duckdb

from data_checks.lake import lies_in
from data_checks.results import CheckResult
from data_checks.run import SUITES, run_suites
from data_checks.suites import ALL
from orchestration.errors import TransformError
from orchestration.settings import Engine, Settings
from orchestration.warehouse import reach_bucket
from tests.orchestration.extracts.find.remote.conftest import s3, s3_of_module
from tests.orchestration.extracts.find.remote.servers import S3

__all__ = ["s3", "s3_of_module"]

SPOILT = """
    delete from intermediate.int_leads where created_date > date '2025-06-24';
    update intermediate.int_leads set owner = null where lead_key in (select min(lead_key) from intermediate.int_leads);
    insert into intermediate.int_deals select * from intermediate.int_deals limit 1;
    update mart.kpi_total set contact_rate = 2, leads = leads + 1 where grain = 'month';
    delete from mart.fct_ad_spend where date in (select max(date) from mart.fct_ad_spend)
"""


class Beside:
    """A lake in which everything lies, asked through a database of its own."""

    def __init__(self, warehouse: Path, folder: Path) -> None:
        self.folder, self.asked = folder, list[str]()
        self._copy = folder / "warehouse.duckdb"
        self._copy.write_bytes(warehouse.read_bytes())
        with duckdb.connect(str(self._copy)) as connection:
            found = connection.execute(
                "select table_schema || '.' || table_name from information_schema.tables"
                " where table_catalog = current_database() and table_schema not in ('landing', 'settings')"
            ).fetchall()
        self.tables = [table for (table,) in found]

    def answer(self, query: str) -> Path:
        self.asked.append(query)
        path = self.folder / str(len(self.asked))
        path.mkdir()
        with duckdb.connect(str(self._copy), read_only=True) as connection:
            connection.sql(query).write_parquet(str(path / "answer.parquet"))
        return path


def comparable(result: CheckResult) -> CheckResult:
    """Without what depends on the order of rows, and the last digits of a double."""
    observed = result.observed if result.observed is None else round(result.observed, 9)
    return dataclasses.replace(result, samples=[], message="", observed=observed)


def test_every_check_says_the_same(workspace: Path, tmp_path: Path) -> None:
    beside = tmp_path / "a {b}: c"  # what Great Expectations and SQLAlchemy would fill in
    beside.mkdir()
    with duckdb.connect(str(workspace / "warehouse.duckdb")) as connection:
        connection.execute(SPOILT)
    lake = Beside(workspace / "warehouse.duckdb", beside)
    settings = Settings(workspace=workspace, company="Acme")
    here, there = run_suites(SUITES, settings), run_suites(SUITES, settings, lake=lake)
    assert list(map(comparable, there)) == list(map(comparable, here))
    assert {result.check for result in there if not result.success} >= {"deals_key", "kpi_shares", "leads_required"}
    assert len(lake.asked) > 80


def test_a_table_in_a_bucket_is_read_where_it_lies_where_nobody_is_there_to_ask(workspace: Path, s3: S3) -> None:
    settings = Settings(workspace=workspace, company="Acme", engine=Engine(target="spark", storage="s3://acme/lake"))
    here = run_suites(SUITES, settings)
    with duckdb.connect(str(settings.warehouse_path)) as connection:
        reach_bucket(connection, settings.storage)
        connection.execute("copy mart.fct_ad_spend to 's3://acme/lake/spend.parquet' (format parquet)")
        connection.execute("drop table mart.fct_ad_spend")
        connection.execute("create view mart.fct_ad_spend as from read_parquet('s3://acme/lake/spend.parquet')")
    assert list(map(comparable, run_suites(SUITES, settings))) == list(map(comparable, here))


def test_what_is_not_in_the_lake_is_asked_of_the_working_database() -> None:
    @dataclasses.dataclass
    class OnlySpend:
        tables: tuple[str, ...] = ("mart.fct_ad_spend",)

        def answer(self, query: str) -> Path:
            raise NotImplementedError(query)

    asked = {check.name for checks in ALL.values() for check in checks if lies_in(OnlySpend(), check)}
    assert asked == {"spend_from_raw", "kpi_from_facts"}


def test_a_question_that_can_not_be_answered_is_told_of_its_check_alone(workspace: Path) -> None:
    class Dumb:
        tables = ("intermediate.int_leads",)

        def answer(self, query: str) -> Path:
            raise TransformError("Spark could not answer: no such function\nand so on")

    deals = [check.name for check in ALL["deals"]]
    asked = ["leads_key", "files_refused", deals[0]]
    results = {
        r.check: r for r in run_suites(SUITES, Settings(workspace=workspace, company="Acme"), only=asked, lake=Dumb())
    }
    assert {name for name, result in results.items() if not result.success} == {"leads_key"}
    assert results["leads_key"].message.endswith("the check could not run: Spark could not answer: no such function")
    assert results["leads_key"].blocks
