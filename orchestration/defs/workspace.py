"""The workspace as a Dagster resource: one writer for the whole life of a run."""

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from pathlib import Path

import dagster as dg
from pydantic import PrivateAttr

from orchestration.defs.tell import bury, tell_of, telling
from orchestration.errors import RemoteError
from orchestration.extracts.find.state import extracts_state
from orchestration.extracts.land.landing_result import LandingResult
from orchestration.lock import holds_lock, workspace_lock
from orchestration.publish.lake import files_of
from orchestration.rights import check_rights
from orchestration.runs.live_runs import alive
from orchestration.runs.old_runs import forget_old_runs
from orchestration.settings import Settings, load_settings
from orchestration.temporary import empty_temporary
from orchestration.transform.blank.plan import Plan
from orchestration.transform.inputs import inputs_fingerprint
from orchestration.transform.nothing_new import record_publication
from orchestration.transform.rebuilding import look_at_warehouse
from orchestration.transform.serving import dbt_serving
from orchestration.transform.within_dbt.profile import Profile

PIPELINE = "funnelmart"


class WorkspaceRun(dg.ConfigurableResource):
    """Settings and start of this run; holds the lock of the workspace from the first step to the last."""

    path: str

    _settings: Settings | None = PrivateAttr(default=None)
    _started_at: dt.datetime = PrivateAttr(default_factory=lambda: dt.datetime.now(dt.UTC))
    _landed: list[LandingResult] = PrivateAttr(default_factory=list)
    _extracts_state: str | None = PrivateAttr(default=None)
    _has_published: bool = PrivateAttr(default=False)
    _plan: Plan | None = PrivateAttr(default=None)
    _seeds: Mapping[dg.AssetKey, Profile] = PrivateAttr(default_factory=dict)

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Iterator["WorkspaceRun"]:
        """Read the settings as they are now, take the lock, bury dead runs."""
        settings = load_settings(Path(self.path))
        self._settings = settings
        self._started_at = dt.datetime.now(dt.UTC)
        self._landed = []
        with (
            alive(settings, context.run_id or "unknown"),
            # A run that Dagster starts waits for its turn, as its own queue does; a command was refused before.
            nullcontext() if holds_lock(settings) else workspace_lock(settings, wait=True),
            empty_temporary(settings),
            dbt_serving(settings),
        ):
            if context.instance:
                bury(settings, context.instance)
                forget_old_runs(settings, context.instance)
            with telling(settings):
                check_rights(settings)
                look_at_warehouse(settings)
            self._extracts_state = state = self._look_at_extracts()
            inputs = inputs_fingerprint(settings, state, self._started_at) if state is not None else None
            self._has_published = False
            self._plan, self._seeds = None, {}
            yield self
            tell_of(settings, context, self._has_published)
            if inputs is not None and self._has_published and _is_whole(context):
                beside = files_of(settings.published_path)
                record_publication(settings, str(context.run_id), inputs, beside)

    @property
    def settings(self) -> Settings:
        """The settings as they were when the run started."""
        if self._settings is None:
            raise RuntimeError("the workspace is only known within a run")
        return self._settings

    @property
    def started_at(self) -> dt.datetime:
        """Start of the run (aware)."""
        return self._started_at

    @property
    def landed(self) -> list[LandingResult]:
        """What the extract steps of this run did so far; they append to it."""
        return self._landed

    @property
    def extracts_state(self) -> str | None:
        """State of the extracts when the run started; a file that changes meanwhile belongs to the next run.

        None where a remote place could not be listed then: its extract step says so, the other sources go on.
        """
        return self._extracts_state

    @property
    def plan(self) -> Plan | None:
        """What this run's build leaves out; None where only a part is built, or where the first part was not."""
        return self._plan

    @property
    def seeds(self) -> Mapping[dg.AssetKey, Profile]:
        """Profiles of the seeds that this run's build leaves out: they have the rows before it that they have after."""
        return self._seeds

    def build_by(self, plan: Plan, seeds: Mapping[dg.AssetKey, Profile]) -> None:
        """The first step of the build has planned it, and looked at the seeds that it leaves out."""
        self._plan, self._seeds = plan, seeds

    def has_published(self) -> None:
        """The step that publishes is done."""
        self._has_published = True

    def _look_at_extracts(self) -> str | None:
        try:
            return extracts_state(self.settings)
        except RemoteError as error:
            dg.get_dagster_logger().warning(str(error))
            return None


def _is_whole(context: dg.InitResourceContext) -> bool:
    """Whether every step of the pipeline ran in this run, and none failed."""
    run, instance = context.dagster_run, context.instance
    if run is None or instance is None or run.job_name != PIPELINE or run.asset_selection or run.parent_run_id:
        return False
    return not instance.all_logs(run.run_id, of_type=dg.DagsterEventType.STEP_FAILURE)
