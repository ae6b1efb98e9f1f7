"""What happens around a build on Spark: raw tables are handed over before it, what was built comes back after it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from orchestration.settings import Settings
from orchestration.transform.spark.lake import bring_back, built_path, hand_over
from orchestration.warehouse import engine_config, open_warehouse

_COPIED = ("mart", "_meta")


def spark_environment(settings: Settings) -> dict[str, str]:
    """What the dbt process has to know of the session that it opens."""
    return {
        "FUNNELMART_SPARK_MASTER": settings.engine.master,
        "FUNNELMART_SPARK_STORAGE": str(settings.lake_path),
        "FUNNELMART_SPARK_MEMORY": f"{settings.engine.memory_bytes // 2**20}m",
    }


@contextmanager
def lake_around(settings: Settings, args: Sequence[str]) -> Iterator[None]:
    """Hand the raw tables over to Spark before `dbt build`, and let the warehouse have what was built after it."""
    if settings.engine.target != "spark" or args[0] != "build":
        yield
        return
    lake = settings.lake_path
    built_path(lake).unlink(missing_ok=True)
    with open_warehouse(settings.warehouse_path, config=engine_config(settings, "landing")) as warehouse:
        hand_over(warehouse, lake)
    yield
    if built_path(lake).exists():
        with open_warehouse(settings.warehouse_path, config=engine_config(settings, "landing")) as warehouse:
            bring_back(warehouse, lake, _COPIED)
