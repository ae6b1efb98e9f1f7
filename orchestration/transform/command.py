"""How dbt is started: the dbt of this Python's own environment, never one that the PATH happens to name, with the
variables, the environment and the folders of a workspace.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from orchestration.extracts.sources import DBT_PROJECT, entity_sources
from orchestration.settings import Settings
from orchestration.transform.compression import unused_compression
from orchestration.transform.dbt_version import check_dbt
from orchestration.transform.memory import fitting_memory
from orchestration.transform.spark.around import spark_environment
from orchestration.transform.spark.installed import check_spark
from orchestration.warehouse import engine_config

# Of the environment what only the landed data tell.
OF_THE_BUILD = ("FUNNELMART_MEMORY_LIMIT", "FUNNELMART_UNUSED_COMPRESSION")


def dbt_vars(settings: Settings) -> dict[str, Any]:
    """The variables of every dbt invocation of a workspace: its sources, and which delivers what."""
    enabled = sorted(settings.sources)
    return {"enabled_sources": [*enabled, "sheets"], "entity_sources": entity_sources(enabled)}


def dbt_target_path(settings: Settings) -> Path:
    """Folder of dbt's artifacts of this workspace (created); the manifest depends on its sources and its file name."""
    path = settings.state_path / "target"
    path.mkdir(parents=True, exist_ok=True)
    return path


def manifest_path(settings: Settings) -> Path:
    """Path of the workspace's manifest, whether there is one or not."""
    return dbt_target_path(settings) / "manifest.json"


def logs_path(settings: Settings) -> Path:
    """Folder of dbt's logs."""
    return settings.state_path / "logs"


def dbt_environment(settings: Settings) -> dict[str, str]:
    """Environment of every dbt invocation; the profile reads the warehouse's path and the engine's limits from it.

    What somebody has set for a dbt project of their own (DBT_TARGET, DBT_WARN_ERROR …) is no setting of this one.
    """
    engine = engine_config(settings, "dbt")
    return {
        **without_dbt(os.environ),
        "FUNNELMART_WAREHOUSE": str(settings.warehouse_path),
        "FUNNELMART_TARGET": settings.engine.target,
        "FUNNELMART_MEMORY_LIMIT": fitting_memory(settings),
        "FUNNELMART_UNUSED_COMPRESSION": unused_compression(settings),
        "FUNNELMART_TEMPORARY": str(engine["temp_directory"]),
        "FUNNELMART_THREADS": str(engine.get("threads", os.cpu_count() or 1)),
        **(spark_environment(settings) if settings.engine.target == "spark" else {}),
        "DBT_PROJECT_DIR": str(DBT_PROJECT),
        "DBT_PROFILES_DIR": str(DBT_PROJECT),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
    }


def without_dbt(environment: Mapping[str, str]) -> dict[str, str]:
    """An environment without what is set in it for dbt."""
    return {name: value for name, value in environment.items() if not name.startswith("DBT_")}


def arguments(settings: Settings, args: Sequence[str], variables: Mapping[str, Any] | None = None) -> list[str]:
    """What dbt is given to run `args` in the workspace, with its own variables or others."""
    variables = dbt_vars(settings) if variables is None else variables
    said = ["--no-use-colors", "--log-path", str(logs_path(settings)), "--log-level-file", "info", *args]
    return [*said, "--target-path", str(dbt_target_path(settings)), "--vars", json.dumps(variables)]


def start_dbt(settings: Settings, arguments: Sequence[str]) -> "subprocess.Popen[str]":
    """Start dbt; the process ends when the pipe to its standard input closes, as it does when this process ends.

    Raises:
        DbtVersionError: the environment's dbt is of a version that the models were not tried with.
    """
    check_dbt(DBT_PROJECT)
    if settings.engine.target == "spark":
        check_spark(settings.engine.master)
    # -P: else this folder's dbt.py would stand for dbt
    command = [sys.executable, "-P", str(Path(__file__).with_name("dbt_process.py")), *arguments]
    pipe = subprocess.PIPE
    return subprocess.Popen(
        command, env=dbt_environment(settings), stdin=pipe, stdout=pipe, stderr=subprocess.STDOUT, text=True,
        errors="replace",  # what a library prints as it breaks down need be no text
    )  # fmt: skip
