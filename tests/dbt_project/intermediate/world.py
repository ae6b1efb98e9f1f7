"""A small workspace of sheets, landed and transformed up to the intermediate models: rows in, figures out."""

import datetime as dt
import textwrap
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from orchestration.extracts.land.land import land_source_table
from orchestration.extracts.land.land_settings import land_settings
from orchestration.extracts.sources import load_sources
from orchestration.settings import Settings, load_settings
from orchestration.transform.dbt import WITHOUT_UNIT_TESTS, run_dbt
from orchestration.warehouse import open_warehouse

NOW = dt.datetime(2024, 6, 15, 12, tzinfo=dt.UTC)
MODELS = (
    "+int_customers +int_periods +int_warnings +int_refunds +meta_sources +meta_quarantine"
    " +meta_unmatched_spend +meta_unmatched_leads +int_kpi_results"
)


class World:
    """The finished warehouse; `ask` opens it only for the question, as dbt wants it closed."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        """Rows of a query; tables of schema `intermediate` need no schema."""
        with open_warehouse(self.settings.warehouse_path, read_only=True) as connection:
            connection.execute("set search_path = 'intermediate,_meta'")
            return connection.execute(query).fetchall()

    def one(self, table: str, key: str, *columns: str) -> Any:
        """The columns of the row whose first column ends in `:<key>`: one value, or a tuple of several."""
        name = "lead_key" if table == "int_leads" else "deal_key"
        [row] = self.ask(f"select {', '.join(columns)} from {table} where {name} = 'sheets:{key}'")
        return row if len(columns) > 1 else row[0]


def build(workspace: Path, settings: str, files: Mapping[str, str]) -> World:
    """Write `files` (name: CSV text, `deals` becoming the sheet of deals) and transform them.

    Columns are called like the canonical ones, so the sheets need no mapping; times are in UTC.
    """
    (workspace / "extracts").mkdir(parents=True)
    sheets = ""
    for entity, text in files.items():
        rows = [line.strip() for line in textwrap.dedent(text).strip().splitlines()]
        (workspace / "extracts" / f"{entity}.csv").write_text("\n".join(rows) + "\n")
        fields = ", ".join(f"{column}: {column}" for column in rows[0].split(","))
        sheets += (
            f"    - {{entity: {entity}, files: extracts/{entity}.csv, timezone: UTC, constants: {{source: sheets}}, "
        )
        sheets += f"fields: {{{fields}}}}}\n"
    (workspace / "funnelmart.yml").write_text(f"{textwrap.dedent(settings).strip()}\nsources:\n  sheets:\n{sheets}")
    loaded = load_settings(workspace)
    sources = load_sources()
    with open_warehouse(loaded.warehouse_path) as connection:
        land_settings(connection, loaded, NOW, sources)
        for table in sources["sheets"].tables.values():
            land_source_table(connection, loaded, sources["sheets"], table)
    run_dbt(loaded, ["build", "--select", *MODELS.split(), "--exclude-resource-type", "test", WITHOUT_UNIT_TESTS[-1]])
    return World(loaded)
