"""What a Spark session is opened with: what SQL means there, and how dear a statement may be."""

from collections.abc import Mapping

# Errors are errors, as they are on DuckDB; times have no zone, and the zone of the session is UTC for what needs one.
# A product of decimals keeps its digits or is an error; else Spark takes some away without a word beyond 38.
MEANING = {
    "spark.sql.ansi.enabled": "true",
    "spark.sql.decimalOperations.allowPrecisionLoss": "false",
    "spark.sql.timestampType": "TIMESTAMP_NTZ",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.catalogImplementation": "in-memory",
    "spark.sql.parquet.outputTimestampType": "TIMESTAMP_MICROS",
    "spark.sql.mapKeyDedupPolicy": "LAST_WIN",
}
_ALWAYS = {"spark.ui.enabled": "false", "spark.log.level": "ERROR"}
# Of small data a statement costs what it takes to plan it, to make its code and to start its tasks.
_QUICK_START = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
_SMALL = {
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.constraintPropagation.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.driver.extraJavaOptions": _QUICK_START,
    "spark.executor.extraJavaOptions": _QUICK_START,
}
SMALL = 15_000_000  # bytes of raw tables as Parquet; the demo has 9 MB


def session_options(raw_bytes: int, cores: int, memory: str, build: str, temporary: str) -> Mapping[str, str]:
    """Options of a session that builds what `raw_bytes` of raw tables give.

    Args:
        raw_bytes: size of the raw tables as Parquet.
        cores: how many tasks may run at once; of large data Spark itself sees into how many parts a shuffle goes.
        memory: of the driver, as Spark writes it.
        build: path or URL of the tables that the session makes.
        temporary: a folder for what doesn't fit into memory.
    """
    return {
        **MEANING,
        **_ALWAYS,
        **({**_SMALL, "spark.sql.shuffle.partitions": str(cores)} if raw_bytes < SMALL else {}),
        "spark.driver.memory": memory,
        "spark.sql.warehouse.dir": build,
        "spark.local.dir": temporary,
    }
