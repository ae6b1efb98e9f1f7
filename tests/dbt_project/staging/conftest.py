"""Made-up extracts of vendors, landed and staged: every folder of `extracts` is a source, all of them one workspace."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration.extracts.land.land import land_source_table
from orchestration.extracts.land.land_settings import land_settings
from orchestration.extracts.land.raw_tables import ensure_table
from orchestration.extracts.sources import SHEETS, load_sources
from orchestration.settings import Settings
from orchestration.transform.dbt import run_dbt
from orchestration.warehouse import open_warehouse

EXTRACTS = Path(__file__).parent / "extracts"
# what a workspace says about the fields that it has added itself
OWN = {"pipedrive": {"fields": {"deals.utm_source": "0123456789012345678901234567890123456789"}}}
NOON = dt.datetime(2024, 6, 1, 12, tzinfo=dt.UTC)


class Staged:
    """The staging models of the made-up extracts."""

    def __init__(self, connection: duckdb.DuckDBPyConnection):
        self.connection = connection

    def rows(self, model: str, columns: str, order: str = "1, 2") -> list[tuple[Any, ...]]:
        """Some columns of a staging model."""
        return self.connection.execute(f"select {columns} from staging.stg_{model} order by {order}").fetchall()

    def query(self, query: str) -> list[tuple[Any, ...]]:
        return self.connection.execute(query).fetchall()


@pytest.fixture(scope="session")
def staged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Staged]:
    """Everything landed and staged with one dbt run, spend up to its union; no row is unreadable, no file refused."""
    workspace = tmp_path_factory.mktemp("staged")
    registry = load_sources()
    sources = {folder.name: {"path": str(folder)} | OWN.get(folder.name, {}) for folder in sorted(EXTRACTS.iterdir())}
    settings = Settings.model_validate(
        {
            "workspace": workspace,
            "company": "Acme",
            "reporting": {"currency": "EUR", "timezone": "Europe/Berlin"},
            "stages": {"Parked": "contacted"},
            "leads": {"phone_region": "DE"},
            "sources": sources,
        }
    )
    with open_warehouse(settings.warehouse_path) as connection:
        land_settings(connection, settings, NOON, registry)
        for table in registry[SHEETS].tables.values():
            ensure_table(connection, table)
        for name in sources:
            for table in registry[name].tables.values():
                result = land_source_table(connection, settings, registry[name], table)
                assert not result.refused
                assert result.rows_unreadable == 0
    select = [f"path:models/staging/{name}" for name in sources]
    run_dbt(
        settings, ["build", "--select", *select, "+int_ad_spend", "--resource-type", "seed", "--resource-type", "model"]
    )
    with open_warehouse(settings.warehouse_path, read_only=True) as connection:
        yield Staged(connection)
