"""Whom the checks ask about tables that stayed in the lake: the process that built them, as long as it lives."""

from collections.abc import Callable, Sequence
from pathlib import Path

import duckdb
import pytest

from orchestration.errors import TransformError
from orchestration.settings import Engine, Settings
from orchestration.transform.dbt import serving
from orchestration.transform.spark.asked import lake_of


class Answering:
    """The dbt process of a run, whose Spark answers or can't."""

    def ask(
        self,
        arguments: list[str],
        hear: Callable[[str], None],
        nodes: Sequence[str] | None = None,
        by: str | None = None,
    ) -> int:
        raise NotImplementedError

    def manifest(self) -> Path:
        raise NotImplementedError

    def answer(self, query: str, folder: str) -> None:
        if query == "wrong":
            raise TransformError("Spark could not answer:\nno such column")
        Path(folder).mkdir(parents=True)
        duckdb.sql(query).write_parquet(f"{folder}/part-0.parquet")


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A workspace of which Spark has built one small table and one that stayed in the lake."""
    settings = Settings(workspace=tmp_path, company="Acme", engine=Engine(target="spark"))
    duckdb.sql("select 1 as lead_key").write_parquet(str(tmp_path / "large.parquet"))
    with duckdb.connect(str(settings.warehouse_path)) as warehouse:
        warehouse.execute("create schema intermediate; create table intermediate.small as select 1 as lead_key")
        warehouse.execute(f"create view intermediate.large as from read_parquet('{tmp_path}/large.parquet')")
        warehouse.execute("create view intermediate.part as from intermediate.small")
    monkeypatch.setitem(serving, tmp_path, Answering())
    return settings


def test_the_lake_has_what_did_not_come_back_and_forgets_its_answers(settings: Settings) -> None:
    with lake_of(settings) as lake:
        assert lake
        assert lake.tables == {"intermediate.large"}
        answers = [lake.answer(f"select {number} as n") for number in (1, 2)]
        assert [duckdb.sql(f"from '{folder}/*.parquet'").fetchall() for folder in answers] == [[(1,)], [(2,)]]
        with pytest.raises(TransformError, match="no such column"):
            lake.answer("wrong")
    assert not any(folder.exists() for folder in answers)


def test_nobody_is_asked_where_all_came_back_or_no_process_lives(settings: Settings) -> None:
    with lake_of(settings.model_copy(update={"engine": Engine()})) as lake:
        assert lake is None
    with duckdb.connect(str(settings.warehouse_path)) as warehouse:
        warehouse.execute("drop view intermediate.large")
    with lake_of(settings) as lake:
        assert lake is None
    del serving[settings.workspace]
    with lake_of(settings) as lake:
        assert lake is None
