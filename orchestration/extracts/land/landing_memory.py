"""How much memory files are landed in: DuckDB keeps whatever it may, though a file needs little of it."""

import duckdb

from orchestration.settings import Settings
from orchestration.warehouse import Config, engine_config

# Of nine million rows landing kept 2.4 GiB of the default 4 GB; in 1 GB it took a twelfth longer. Need gets more.
LANDING_BYTES = 1_500_000_000


def landing_config(settings: Settings) -> Config:
    """How DuckDB is opened for landing: what the workspace says of memory counts, else little of the default."""
    config = engine_config(settings, "landing")
    if "memory_limit" in settings.engine.model_fields_set:
        return config
    return config | {"memory_limit": f"{LANDING_BYTES // 1_000_000}MB"}


def give_all_memory(connection: duckdb.DuckDBPyConnection, settings: Settings) -> bool:
    """Let landing take all that is allowed from now on; whether that is more than it had."""
    had = _limit(connection)
    connection.execute(f"set memory_limit = '{settings.engine.memory_limit}'")
    return _limit(connection) != had


def _limit(connection: duckdb.DuckDBPyConnection) -> str:
    return str(connection.execute("select current_setting('memory_limit')").fetchall()[0][0])
