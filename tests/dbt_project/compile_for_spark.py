"""Compile every model for Spark, with neither Spark nor Java: `python compile_for_spark.py ARGUMENTS OF DBT`.

The project is read with the target it was built with, which another process may have left in the target folder, and
compiled with dbt-spark. That asks only whether pyspark can be imported before it first opens a session, which a
compilation without introspection does not.
"""

import sys
import types
from typing import Any


def main(arguments: list[str]) -> int:
    sys.modules.setdefault("pyspark", types.ModuleType("pyspark"))
    from dbt.cli.main import dbtRunner

    parsed: Any = dbtRunner().invoke(["parse", *arguments])
    if not parsed.success:
        return 1
    for node in (*parsed.result.nodes.values(), *parsed.result.sources.values()):
        node.database = None  # DuckDB's file; Spark has schemas only
    compiled = ["compile", "--target", "spark", "--no-introspect", "--no-populate-cache", *arguments]
    return 0 if dbtRunner(manifest=parsed.result).invoke(compiled).success else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
