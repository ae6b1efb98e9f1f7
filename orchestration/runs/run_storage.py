"""Dagster's runs in SQLite, where also those that a command started say which job of which definitions they are of."""

import json
from collections.abc import Mapping
from typing import Any

from dagster import DagsterRun
from dagster._core.remote_origin import RemoteJobOrigin
from dagster._core.storage.runs import SqliteRunStorage
from dagster._serdes import ConfigurableClassData, deserialize_value

from orchestration.runs.origin import SHOWN_WITH_ITS_JOB, origin_of


class PlacedRunStorage(SqliteRunStorage):
    """Storage format and queries are Dagster's own; its overview leaves out runs that don't say where they belong."""

    @classmethod
    def from_config_value(
        cls, inst_data: ConfigurableClassData | None, config_value: Mapping[str, Any]
    ) -> "PlacedRunStorage":
        """Build the storage from dagster.yaml."""
        return cls.from_local(inst_data=inst_data, **config_value)

    def add_run(self, dagster_run: DagsterRun) -> DagsterRun:
        """Keep a run; one that is to be shown with its job gets the place that Dagster gives its own."""
        if dagster_run.remote_job_origin is None and SHOWN_WITH_ITS_JOB.items() <= dagster_run.tags.items():
            origin = deserialize_value(json.dumps(origin_of(dagster_run.job_name)), RemoteJobOrigin)
            dagster_run = dagster_run.with_job_origin(origin)
        return super().add_run(dagster_run)
