"""The same company in two workspaces, one of them built by Spark, and how what they publish is compared."""

import shutil
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path

import duckdb

from tests.end_to_end.command import funnelmart
from tests.spark.measured import run_measured

# A double is a sum in whatever order its rows come; the last of its digits may differ.
LAST_DIGITS = "0.000000001"
KEY = Path(".funnelmart") / "person.key"  # people are hashed with it
Make = Callable[[Path], Path]


def both(make: Make, folder: Path, master: str = "local[2]", storage: str = "lake") -> tuple[Path, Path]:
    """A workspace whose engine is DuckDB, already run, and the same one with nothing built, whose engine is Spark."""
    built = make(folder / "duckdb")
    run(built)
    return built, on_spark(built, folder / "spark", master, storage)


def on_spark(workspace: Path, copy: Path, master: str = "local[2]", storage: str = "lake") -> Path:
    """The files and the key of the workspace, with nothing built; Spark is the engine."""
    nothing_built = shutil.ignore_patterns(
        ".funnelmart", "published", "lake", "warehouse.duckdb*", "reports", "archive"
    )
    shutil.copytree(workspace, copy, ignore=nothing_built)
    (copy / KEY).parent.mkdir()
    shutil.copy2(workspace / KEY, copy / KEY)
    settings = copy / "funnelmart.yml"
    kept = [line for line in settings.read_text().splitlines() if not line.startswith("engine:")]
    engine = f"engine: {{target: spark, master: '{master}', storage: '{storage}'}}"
    settings.write_text("\n".join([*kept, engine, ""]))
    return copy


def run(workspace: Path, also: Iterable[int] = ()) -> None:
    """Run it and print what that took, with what the descendants of the processes `also` did for it."""
    done, measured = run_measured(workspace, also)
    print(f"{workspace}: {measured}")
    assert done.returncode == 0, done.stdout[-6000:]


def mart(workspace: Path) -> Path:
    return workspace / "published" / "funnelmart.duckdb"


def hashes(workspace: Path) -> dict[str, str]:
    """Published table -> hash of its content."""
    with duckdb.connect(mart(workspace), read_only=True) as connection:
        found = connection.execute("select table_name, content_hash from _meta.tables where content_hash is not null")
        return dict(found.fetchall())


def assert_equal(built: Path, on_spark: Path) -> None:
    """Every published table has the same content hash; where one has not, no cell differs but in its last digits."""
    expected, found = hashes(built), hashes(on_spark)
    assert found.keys() == expected.keys()
    others = sorted(table for table in expected if expected[table] != found[table])
    print(f"{on_spark}: {len(expected) - len(others)} of {len(expected)} tables have equal hashes; not {others}")
    if others:
        print(_diff(built, on_spark).stdout)
        near = _diff(built, on_spark, "--tolerance", LAST_DIGITS)
        assert near.returncode == 0, near.stdout[-6000:]


def _diff(old: Path, new: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return funnelmart("diff", str(old), *options, "--limit", "50", workspace=new)
