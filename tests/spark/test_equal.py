"""`make test-spark`: a company built by DuckDB and by a local Spark has the same published tables, to the last cell."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from demo.generate import generate
from tests.acceptance.test_school_crm import RULES, SETTINGS
from tests.acceptance.test_school_crm import make_workspace as make_school
from tests.end_to_end.command import funnelmart
from tests.minimal_workspace import make_workspace as make_minimal

pytestmark = pytest.mark.skipif("FUNNELMART_SPARK" not in os.environ, reason="minutes, and Spark: make test-spark")

# A double is a sum in whatever order its rows come; the last of its digits may differ.
LAST_DIGITS = "0.000000001"
SPARK = "\nengine: {target: spark, master: 'local[2]'}\n"


def make_demo(folder: Path) -> Path:
    generate(folder)
    return folder


def make_school_with_rules(folder: Path) -> Path:
    return make_school(folder, SETTINGS + RULES)


def run(workspace: Path) -> None:
    done = funnelmart("run", workspace=workspace)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]


def on_spark(workspace: Path, copy: Path) -> Path:
    """The workspace once more, with nothing built, whose engine is Spark."""
    shutil.copytree(workspace, copy, ignore=shutil.ignore_patterns("published", "lake", "warehouse.duckdb*", "reports"))
    (copy / ".funnelmart" / "publication.json").unlink()
    settings = copy / "funnelmart.yml"
    kept = [line for line in settings.read_text().splitlines() if not line.startswith("engine:")]
    settings.write_text("\n".join(kept) + SPARK)
    return copy


def differences(old: Path, new: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return funnelmart("diff", str(old), *options, workspace=new)


@pytest.mark.parametrize("make", [make_minimal, make_demo, make_school_with_rules])
def test_both_engines_publish_the_same(make: Callable[[Path], Path], tmp_path: Path) -> None:
    duckdb = make(tmp_path / "duckdb")
    run(duckdb)
    spark = on_spark(duckdb, tmp_path / "spark")
    run(spark)
    exact = json.loads(differences(duckdb, spark, "--json").stdout)
    print(f"{make.__name__}: tables that differ before the last digits of doubles are let go: {exact}")
    near = differences(duckdb, spark, "--tolerance", LAST_DIGITS)
    assert near.returncode == 0, near.stdout[-6000:]
