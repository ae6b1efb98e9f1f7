"""Every check says of tables in the lake, which Spark looks at, what it says of those of the working database."""

import os
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from data_checks.run import SUITES, run_suites
from orchestration.settings import Settings
from tests.data_checks.conftest import good_warehouse
from tests.data_checks.test_lake import SPOILT, comparable

pytestmark = pytest.mark.skipif("FUNNELMART_SPARK" not in os.environ, reason="minutes, and Spark: make test-spark")
__all__ = ["good_warehouse"]


class AllOfIt:
    """A lake in which everything lies; it answers in this process."""

    def __init__(self, warehouse: Path, folder: Path) -> None:
        from orchestration.transform.spark import session

        self.folder, self._session, self._count = folder, session, 0
        spark = session.session()
        with duckdb.connect(str(warehouse), read_only=True) as connection:
            found = connection.execute(
                "select table_schema, table_name from information_schema.tables where table_catalog = 'warehouse'"
            ).fetchall()
            for schema, table in found:
                path = folder / schema / table
                path.mkdir(parents=True)
                columns = ", ".join(
                    f'cast("{name}" as bigint) as "{name}"' if kind == "HUGEINT" else f'"{name}"'
                    for name, kind, *_ in connection.execute(f'describe {schema}."{table}"').fetchall()
                )
                connection.sql(f'select {columns} from {schema}."{table}"').write_parquet(str(path / "0.parquet"))
                spark.sql(f"create schema if not exists `{schema}`")
                spark.sql(f"create table `{schema}`.`{table}` using parquet location '{path}'")
        self.tables = [f"{schema}.{table}" for schema, table in found]

    def answer(self, query: str) -> Path:
        self._count += 1
        folder = self.folder / "answers" / str(self._count)
        error = self._session.answer(query, str(folder))
        if error:
            raise RuntimeError(error)
        return folder


@pytest.fixture
def warehouse(good_warehouse: Path, tmp_path: Path) -> Path:
    path = tmp_path / "warehouse.duckdb"
    path.write_bytes(good_warehouse.read_bytes())
    with duckdb.connect(str(path)) as connection:
        connection.execute(SPOILT)
    return path


@pytest.fixture
def lake(warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AllOfIt]:
    from orchestration.transform.spark import session

    for name, value in {"MASTER": "local[1]", "STORAGE": tmp_path / "lake", "MEMORY": "1g"}.items():
        monkeypatch.setenv(f"FUNNELMART_SPARK_{name}", str(value))
    monkeypatch.setenv("FUNNELMART_TEMPORARY", str(tmp_path / "tmp"))
    yield AllOfIt(warehouse, tmp_path / "tables")
    session.session().stop()


def test_every_check_says_the_same(warehouse: Path, lake: AllOfIt) -> None:
    settings = Settings(workspace=warehouse.parent, company="Acme")
    here = run_suites(SUITES, settings)
    there = run_suites(SUITES, settings, lake=lake)
    errors = [result.message for result in there if "could not run" in result.message]
    assert errors == []
    assert list(map(comparable, there)) == list(map(comparable, here))
