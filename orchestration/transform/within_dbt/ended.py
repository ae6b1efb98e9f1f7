"""Each node's end, told to the run at once: a line that begins with NODE, while the build goes on.

So Dagster's history is written while dbt builds, on the other core, and not after it.
"""

import functools
import json
import sys
from typing import Any

import duckdb

from orchestration.transform.within_dbt.profile import Profile, profile
from orchestration.written import is_written

NODE = "\x1f"


def install() -> None:
    """Let dbt tell of each node `unique_id`, `status`, `message`, `failures`, `execution_time`, and of a table more."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.task.runnable import GraphRunnableTask

    task: Any = GraphRunnableTask
    call_runner = task.call_runner

    @functools.wraps(call_runner)
    def told(self: Any, runner: Any) -> Any:
        result = call_runner(self, runner)
        said = {
            "unique_id": result.node.unique_id,
            "status": str(result.status),
            "message": result.message,
            "failures": result.failures,
            "execution_time": result.execution_time,
            **_looked_at(result.node, DuckDBConnectionManager._ENV),
        }
        sys.stdout.write(f"{NODE}{json.dumps(said, default=str)}\n")  # at one go: dbt's own lines are another thread's
        sys.stdout.flush()
        return result

    task.call_runner = told


def _looked_at(node: Any, environment: Any) -> dict[str, Profile | None]:
    """The `profile`; None for what has no rows of its own, nothing where the run itself has to look after the build."""
    connection = getattr(environment, "conn", None)
    if connection is None or node.resource_type not in ("model", "seed"):
        return {}
    if not is_written(node.schema, node.config.materialized == "view", getattr(node, "compiled_code", None) or ""):
        return {"profile": None}
    try:
        with connection.cursor() as cursor:
            cursor.execute("set TimeZone = 'UTC'")
            return {"profile": profile(cursor, node.schema, node.alias)}
    except duckdb.Error:  # the node failed, too, or this takes more memory than it
        return {}
