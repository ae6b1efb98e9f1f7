"""What becomes of verdicts in Dagster: passed, failed, skipped, accepted; and of a single check asked alone."""

import dataclasses
import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import dagster as dg
import pytest

from data_checks.history import recent
from data_checks.results import CheckResult
from orchestration.defs import checks
from orchestration.defs.checks import check_step
from orchestration.defs.workspace import WorkspaceRun
from orchestration.runs.runs import ACCEPTED, ACCEPTED_BECAUSE
from orchestration.settings import Settings
from orchestration.transform import build_record
from orchestration.transform.build_record import BuildRecord

LEADS = dg.AssetKey(["intermediate", "int_leads"])
NOW = dt.datetime(2025, 6, 30, 6, 0, tzinfo=dt.UTC)


class Run(WorkspaceRun):
    """A run of a workspace that nothing needs to be locked or started for."""

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Iterator["WorkspaceRun"]:
        self._settings, self._started_at = Settings(workspace=Path(self.path), company="Acme"), NOW
        yield self


@dg.asset(key=LEADS)
def leads() -> None:
    """The table that is checked."""


@dg.asset(key="mart", deps=[leads])
def mart() -> None:
    """What comes after the gate."""


@pytest.fixture
def launch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Give a function: run the gate with these results, everything or the selection; the result by Dagster."""
    settings = Settings(workspace=tmp_path, company="Acme")
    build_record.save(settings, BuildRecord("r", NOW, NOW.date(), complete=True))

    def launch(
        *found: CheckResult, selection: dg.AssetSelection | None = None, tags: dict[str, str] | None = None
    ) -> dg.ExecuteInProcessResult:
        def run_suites(
            names: Any, settings: Settings, now: Any, only: set[str] | None, accepted: dict[str, str], lake: None
        ) -> list[CheckResult]:
            known = {check.name: check for check in checks.ALL["leads"]}
            results = {name: verdict(name, severity=known[name].severity) for name in only or known}
            results |= {result.check: result for result in found}
            return [
                dataclasses.replace(r, accepted_because=accepted.get(r.check)) if r.blocks else r
                for r in results.values()
            ]

        monkeypatch.setattr(checks, "run_suites", run_suites)
        step = check_step("check_leads", ["leads"], settings, {LEADS}, LEADS)
        return dg.materialize(
            [leads, mart, step], resources={"run": Run(path=str(tmp_path))}, selection=selection, tags=tags,
            raise_on_error=False,
        )  # fmt: skip

    return launch


def verdict(check: str, success: bool = True, nothing: bool = False, severity: Any = "critical") -> CheckResult:
    return CheckResult("leads", check, "intermediate.int_leads", severity, success, 0, 0, None, "Keys.", [], nothing)


def evaluated(result: dg.ExecuteInProcessResult) -> dict[str, bool]:
    return {found.check_name: found.passed for found in result.get_asset_check_evaluations()}


def test_nothing_to_check_is_not_evaluated_and_holds_nothing_up(launch: Any, tmp_path: Path) -> None:
    result = launch(verdict("leads_key", nothing=True))

    assert result.success
    assert "leads_key" not in evaluated(result)
    assert evaluated(result)["leads_required"] is True
    assert recent(Settings(workspace=tmp_path, company="Acme"))["leads_key"][0].verdict == "nothing_to_check"


def test_a_failed_critical_check_ends_the_run_and_is_remembered(launch: Any, tmp_path: Path) -> None:
    result = launch(verdict("leads_key", success=False))

    assert not result.success
    assert not result.get_asset_materialization_events() or "mart" not in {
        event.asset_key.to_user_string() for event in result.get_asset_materialization_events() if event.asset_key
    }
    assert recent(Settings(workspace=tmp_path, company="Acme"))["leads_key"][0].verdict == "failed"


def test_an_accepted_check_has_failed_and_the_run_goes_on(launch: Any, tmp_path: Path) -> None:
    result = launch(
        verdict("leads_key", success=False), tags={ACCEPTED: "leads_key", ACCEPTED_BECAUSE: "known gap of May"}
    )

    assert result.success
    assert evaluated(result)["leads_key"] is False
    record = build_record.load(Settings(workspace=tmp_path, company="Acme"))
    assert [c.accepted_because for c in record.checks if not c.success] == ["known gap of May"]


def test_a_reason_is_needed_to_accept(launch: Any) -> None:
    assert not launch(verdict("leads_key", success=False), tags={ACCEPTED: "leads_key"}).success


def test_a_check_asked_alone_proves_nothing_of_the_whole(launch: Any, tmp_path: Path) -> None:
    alone = dg.AssetSelection.checks(dg.AssetCheckKey(LEADS, "leads_key"))
    result = launch(selection=alone)

    settings = Settings(workspace=tmp_path, company="Acme")
    assert evaluated(result) == {"leads_key": True}
    assert build_record.load(settings).checks == ()
    assert recent(settings) == {}
