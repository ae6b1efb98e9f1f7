"""No definition comes, goes or changes unseen: the list of all of them is committed."""

from pathlib import Path

import dagster as dg

from tests.orchestration.defs.snapshot import COMMITTED, demo_definitions, listing


def test_all_definitions_are_those_of_the_committed_list(tmp_path: Path) -> None:
    found = listing(demo_definitions(tmp_path / "demo"))

    assert found.splitlines() == COMMITTED.read_text(encoding="utf-8").splitlines(), (
        "definitions have changed: if that was meant, run `make definitions` and commit the new list"
    )


def test_each_change_of_a_definition_changes_the_list() -> None:
    @dg.asset(group_name="marts", owners=["team:sales"], kinds={"duckdb"})
    def sales() -> None:
        """An asset."""

    @dg.asset_check(asset=sales, blocking=True)
    def complete() -> dg.AssetCheckResult:
        return dg.AssetCheckResult(passed=True)

    job = dg.define_asset_job("all", "*")
    nightly = dg.ScheduleDefinition(job=job, cron_schedule="0 3 * * *", name="nightly")

    whole = listing(dg.Definitions(assets=[sales], asset_checks=[complete], jobs=[job], schedules=[nightly]))

    assert [line for line in whole.splitlines() if line and not line.startswith("#")] == [
        "sales: marts, team:sales, duckdb",
        "sales: complete, blocking",
        "all: sales sales_complete",
        "nightly: 0 3 * * *, None, all, STOPPED",
    ]
