from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from orchestration.publish.content import contents

KPIS = """
    create table mart.kpi_by_channel (
        grain varchar, period_start date, period_end date, is_complete boolean, channel varchar,
        leads bigint, revenue decimal(28, 6), roas double
    );
    insert into mart.kpi_by_channel values
        ('month', '2024-01-01', '2024-01-31', true, 'Ads', 100, 5000, 2.5),
        ('month', '2024-01-01', '2024-01-31', true, 'Mail', 10, 400, null),
        ('month', '2024-02-01', '2024-02-29', false, 'Ads', 120, 8000, 4);
"""


@pytest.fixture
def mart(tmp_path: Path) -> Callable[..., Path]:
    """Write a small mart: `mart(name, sql, …)` is the KPIs of two channels and what the SQL makes of them."""

    def write(name: str, *statements: str, recorded: bool = False, parts: dict[str, str] | None = None) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with duckdb.connect() as connection:
            connection.execute(f"attach '{path}' as written; use written; create schema mart; create schema _meta")
            connection.execute("use written.mart;" + KPIS.replace("mart.", ""))
            for statement in statements:
                connection.execute(statement)
            if recorded:
                connection.execute(
                    "create table _meta.tables (table_name varchar, rows bigint, content_hash varchar, part_of varchar,"
                    " lies_in varchar)"
                )
                connection.executemany(
                    "insert into _meta.tables values (?, ?, ?, ?, ?)",
                    [list(row.values()) for row in contents(connection, parts=parts)],
                )
            connection.execute("use memory; detach written")
        return path

    return write
