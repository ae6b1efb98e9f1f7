"""From which materializations an asset was made, where the run itself has just told the history of them.

Dagster asks its history, three queries for each asset of a step that another one reads: a fiftieth of a small run.
"""

import functools
from collections.abc import Mapping, Sequence
from typing import Any, Protocol, runtime_checkable

import dagster as dg
from dagster._core.execution.context.data_version_cache import DataVersionCache
from dagster._core.storage.event_log.base import AssetEntry, AssetRecord, EventLogRecord


@runtime_checkable
class Remembers(Protocol):
    """A history that knows what this process has told it."""

    def told_by(self, run_id: str) -> Mapping[dg.AssetKey, EventLogRecord]:
        """The last materialization of each asset of a run. No other run of the workspace works at the same time."""


def install() -> None:
    """Let the execution of steps ask such a history for the rest alone."""
    cache: Any = DataVersionCache
    fetch = cache._fetch_asset_records

    @functools.wraps(fetch)
    def fetched(self: Any, asset_keys: Sequence[dg.AssetKey]) -> dict[dg.AssetKey, AssetRecord]:
        history = self._context.instance.event_log_storage
        told = history.told_by(self._context.run_id) if isinstance(history, Remembers) else {}
        known = {
            key: AssetRecord(
                storage_id=told[key].storage_id,
                asset_entry=AssetEntry(asset_key=key, last_materialization_record=told[key]),
            )
            for key in asset_keys
            if key in told
        }
        rest = [key for key in asset_keys if key not in told]
        return {**known, **(fetch(self, rest) if rest else {})}

    cache._fetch_asset_records = fetched
