"""What happens around a build on Spark: raw tables are handed over before it, what was built comes back after it."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from orchestration.settings import Settings
from orchestration.transform.spark.built import BUILT, bring_back, read_built
from orchestration.transform.spark.raw import hand_over
from orchestration.transform.spark.storage import Storage
from orchestration.warehouse import engine_config, open_warehouse

_COPIED = ("mart", "_meta")


def spark_environment(settings: Settings) -> dict[str, str]:
    """What the dbt process has to know of the session that it opens."""
    return {
        "FUNNELMART_SPARK_MASTER": settings.engine.master,
        "FUNNELMART_SPARK_STORAGE": settings.storage,
        "FUNNELMART_SPARK_MEMORY": f"{settings.engine.memory_bytes // 2**20}m",
    }


@contextmanager
def lake_around(settings: Settings, args: Sequence[str], manifest: Path) -> Iterator[None]:
    """Hand the raw tables over to Spark before `dbt build`, and let the warehouse have what was built after it.

    Args:
        settings: the workspace; where its engine is another one, nothing happens.
        args: command and options of dbt.
        manifest: dbt's `manifest.json` of the workspace, as it is after the build.
    """
    if settings.engine.target != "spark" or args[0] != "build":
        yield
        return
    lake = Storage(settings.storage)
    lake.make()  # before the warehouse is open, which makes all folders the owner's alone
    lake.remove(BUILT)
    with open_warehouse(settings.warehouse_path, config=engine_config(settings, "landing")) as warehouse:
        hand_over(warehouse, lake)
    yield
    if read_built(lake):
        with open_warehouse(settings.warehouse_path, config=engine_config(settings, "landing")) as warehouse:
            bring_back(warehouse, lake, _COPIED, _contracts(manifest), stay=settings.publish.lake)


def empty_lake(settings: Settings) -> None:
    """Remove what the next run makes again: it may name who must not be known any more."""
    lake = Storage(settings.storage)
    for name in ("raw", "builds", BUILT):
        lake.remove(name)


def _contracts(manifest: Path) -> dict[str, dict[str, str]]:
    """Types of the columns of each table (`schema.name`) that promises them."""
    nodes = json.loads(manifest.read_bytes())["nodes"].values()
    return {
        f"{node['schema']}.{node['alias']}": {name: column["data_type"] for name, column in node["columns"].items()}
        for node in nodes
        if node["resource_type"] == "model" and node["config"]["contract"]["enforced"]
    }
