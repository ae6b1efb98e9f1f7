"""Whether Spark can be started here, or a Spark elsewhere be spoken to: what the extra `spark` installs, and a Java."""

import os
import shutil
from importlib.util import find_spec

from orchestration.errors import SparkMissingError

_NEEDED = ("pyspark", "dbt.adapters.spark", "sqlglot")
_OF_CONNECT = ("grpc", "grpc_status", "zstandard")


def check_spark(master: str) -> None:
    """Look before dbt is started.

    Raises:
        SparkMissingError: a package of the extra `spark` is not installed, or there is no Java, which is the server's
            where `master` is one of Spark Connect.
    """
    is_server = master.startswith("sc://")
    missing = [name for name in (*_NEEDED, *(_OF_CONNECT if is_server else ())) if find_spec(name) is None]
    if missing:
        raise SparkMissingError(
            f"engine.target is spark, and {', '.join(missing)} is not installed in this environment"
        )
    home = os.environ.get("JAVA_HOME")
    if not is_server and not shutil.which(f"{home}/bin/java" if home else "java"):
        where = f"in JAVA_HOME ({home})" if home else "on the PATH"
        raise SparkMissingError(f"engine.target is spark, and there is no Java {where}")
