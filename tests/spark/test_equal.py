"""`make test-spark`: a company built by DuckDB and by a local Spark has the same published tables, to the last cell."""

import os
import shutil
from pathlib import Path

import duckdb
import pytest

from benchmarks.large.generate import generate as generate_large
from demo.generate import generate
from tests.acceptance.test_ad_platforms import make_workspace as make_advertiser
from tests.acceptance.test_school_crm import RULES, SETTINGS
from tests.acceptance.test_school_crm import make_workspace as make_school
from tests.minimal_workspace import make_workspace as make_minimal
from tests.shared_data import shared_data
from tests.spark.both import Make, assert_equal, both, run

pytestmark = pytest.mark.skipif("FUNNELMART_SPARK" not in os.environ, reason="minutes, and Spark: make test-spark")

SCALE = 0.02  # 110,000 rows of leads, 400,000 touches, 200,000 rows of spend


def make_demo(folder: Path) -> Path:
    generate(folder)
    return folder


def make_school_with_rules(folder: Path) -> Path:
    return make_school(folder, SETTINGS + RULES)


def make_platforms(folder: Path) -> Path:
    folder.mkdir()
    return make_advertiser(folder, shared_data("ad_platforms"))


def make_large(folder: Path) -> Path:
    generate_large(folder, SCALE, next_day=True)
    return folder


@pytest.mark.parametrize("make", [make_minimal, make_demo, make_school_with_rules, make_platforms])
def test_both_engines_publish_the_same(make: Make, tmp_path: Path) -> None:
    built, on_spark = both(make, tmp_path)
    run(on_spark)
    assert_equal(built, on_spark)


def test_and_again_after_one_more_day_and_a_restatement(tmp_path: Path) -> None:
    """A fiftieth of the large company; one day later, with 30 days of spend restated; every seventh deal restated."""
    built, on_spark = both(make_large, tmp_path)
    run(on_spark)
    assert_equal(built, on_spark)

    for workspace in (built, on_spark):
        shutil.copytree(workspace / "next_day", workspace / "extracts", dirs_exist_ok=True)
        run(workspace)
    assert_equal(built, on_spark)

    for workspace in (built, on_spark):
        deals = workspace / "extracts" / "deals.csv"
        duckdb.execute(
            f"""copy (
                select * replace (round(amount * 1.1, 2) as amount)
                from read_csv('{deals}') where hash(deal_id) % 7 = 0
            ) to '{deals.with_name("deals_restated.csv")}' (header)"""
        )
        run(workspace)
    assert_equal(built, on_spark)
