"""What people are told of a run is what Dagster's history says of it."""

import errno
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import dagster as dg
import pytest

from orchestration.defs import tell as told
from orchestration.defs.tell import bury_between_runs, tell_of, telling
from orchestration.errors import (
    BrokenWarehouseError,
    ChecksFailedError,
    FullDiskError,
    FunnelmartError,
    GoneFileError,
    KilledRunError,
    OtherKindError,
    UnusableFileError,
)
from orchestration.notify.conditions import FailedCheck
from orchestration.notify.tell import Ended
from orchestration.settings import Settings
from orchestration.settings.notify import Notify

SAMPLES = [{"source": "google_ads", "days": 9}]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(workspace=tmp_path, company="Acme", notify=Notify(to=["CHAT"]))


@pytest.fixture
def ends(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> list[Ended]:
    found: list[Ended] = []
    monkeypatch.setattr(told, "tell_anyway", lambda settings, now, ended, warn=None: found.append(ended))
    return found


def launch(settings: Settings, error: Exception | None, job_name: str | None = None) -> None:
    @dg.resource
    @contextmanager
    def run(context: dg.InitResourceContext) -> Iterator[None]:
        yield
        tell_of(settings, context, has_published=error is None)

    @dg.asset(check_specs=[dg.AssetCheckSpec("spend_freshness", asset="spend")], required_resource_keys={"run"})
    def spend() -> Iterator[Any]:
        yield dg.MaterializeResult(
            check_results=[
                dg.AssetCheckResult(
                    passed=False, check_name="spend_freshness", severity=dg.AssetCheckSeverity.WARN,
                    description="old", metadata={"samples": dg.MetadataValue.json(SAMPLES)},
                )
            ]
        )  # fmt: skip
        if error:
            raise error

    jobs = [dg.define_asset_job(job_name, "*")] if job_name else []
    definitions = dg.Definitions(assets=[spend], resources={"run": run}, jobs=jobs)
    job = definitions.resolve_job_def(job_name) if job_name else definitions.resolve_implicit_global_asset_job_def()
    job.execute_in_process(raise_on_error=False)


def test_a_failed_job_with_its_own_error_and_what_was_checked(settings: Settings, ends: list[Ended]) -> None:
    launch(settings, ChecksFailedError("1 critical check failed:\n  leads_key: twice"), "funnelmart")

    (ended,) = ends
    assert (type(ended.error), str(ended.error)) == (
        ChecksFailedError, "1 critical check failed:\n  leads_key: twice",
    )  # fmt: skip
    assert ended.checks == (FailedCheck("spend_freshness", False, False, "old", tuple(SAMPLES)),)
    assert (ended.is_job, ended.has_published) == (True, False)


def test_a_single_asset_that_somebody_launched_is_no_job(settings: Settings, ends: list[Ended]) -> None:
    launch(settings, None)

    (ended,) = ends
    assert (ended.error, ended.is_job, ended.has_published) == (None, False, True)
    assert [check.name for check in ended.checks] == ["spend_freshness"]


def test_who_names_nobody_asks_for_no_history(tmp_path: Path, ends: list[Ended]) -> None:
    launch(Settings(workspace=tmp_path, company="Acme"), None)
    assert ends == []


def test_a_run_whose_process_is_gone_is_told_by_the_next_one(settings: Settings, ends: list[Ended]) -> None:
    @dg.job(name="funnelmart")
    def pipeline() -> None: ...

    @dg.job(name="__ASSET_JOB")
    def single() -> None: ...

    with dg.DagsterInstance.ephemeral() as instance:
        for job in (pipeline, single):
            run = instance.create_run_for_job(job, status=dg.DagsterRunStatus.STARTED)
            (settings.state_path / "runs").mkdir(parents=True, exist_ok=True)
            (settings.state_path / "runs" / f"{run.run_id}.lock").touch()  # nobody holds it
        bury_between_runs(settings, instance)
        bury_between_runs(settings, instance)

    (ended,) = ends
    assert isinstance(ended.error, KilledRunError)
    assert re.fullmatch(r"the run that began at \S+ \S+ UTC was killed, or the machine went down", str(ended.error))
    assert not ended.is_over


def test_an_error_before_the_first_step_is_told_too(settings: Settings, ends: list[Ended]) -> None:
    with pytest.raises(BrokenWarehouseError), telling(settings):
        raise BrokenWarehouseError("damaged")
    assert [str(ended.error) for ended in ends] == ["damaged"]
    assert ends[0].is_job


@pytest.mark.parametrize(
    ("number", "file", "kind"),
    [
        (errno.EACCES, "/acme/published/it's [here]", UnusableFileError),
        (errno.EISDIR, "/acme/reports", OtherKindError),
        (errno.ENOSPC, "/acme/archive/1a", FullDiskError),
        (errno.ENOENT, "/acme/archive/1a", GoneFileError),
    ],
)
def test_what_the_system_refuses_within_a_step_is_named_with_what_to_do(
    settings: Settings, ends: list[Ended], number: int, file: str, kind: type[FunnelmartError]
) -> None:
    """Dagster keeps the text of an error; that of the system says `look at the log` to nobody."""
    launch(settings, OSError(number, os.strerror(number), file))
    (ended,) = ends
    assert type(ended.error) is kind
    assert str(ended.error) == f"{file}: {os.strerror(number)}"
    assert "run.log" not in kind.next_step


def test_an_error_of_the_system_without_a_file_keeps_its_words(settings: Settings, ends: list[Ended]) -> None:
    launch(settings, ConnectionResetError(104, "Connection reset by peer"))
    assert str(ends[0].error) == "ConnectionResetError: [Errno 104] Connection reset by peer"
