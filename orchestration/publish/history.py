"""The published marts that are kept, and the way back to one of them."""

import dataclasses
import datetime as dt
import json
import os
from pathlib import Path

import duckdb

from orchestration.errors import PublishError, SettingsError
from orchestration.publish.files import aside_path, clone, flush, remove_leftovers, swap_in
from orchestration.publish.parquet import export_aside, swap_parquet
from orchestration.settings import Settings

LOG = "log.jsonl"
_STAMP = "%Y%m%dT%H%M%S.%fZ"
_PREFIX, _FORMER_PREFIX = "funnelmart-", "mart-"


@dataclasses.dataclass(frozen=True)
class HistoryEntry:
    """One kept mart; its name holds the time it was built (UTC) and the run that built it."""

    name: str
    path: Path

    @property
    def built_at(self) -> dt.datetime:
        """When this mart was built, in UTC."""
        return dt.datetime.strptime(self.name.split("-")[1], _STAMP).replace(tzinfo=dt.UTC)

    @property
    def run_id(self) -> str:
        """First part of the id of the run that built it."""
        return self.name.split("-")[2].removesuffix(".duckdb")


def history_folder(settings: Settings) -> Path:
    """Return the folder of the kept marts."""
    return settings.published_path.parent / "history"


def kept_marts(settings: Settings) -> list[HistoryEntry]:
    """Return the kept marts, the oldest first; the one that is live now may be among them."""
    folder = history_folder(settings)
    files = [*folder.glob(f"{_PREFIX}*.duckdb"), *folder.glob(f"{_FORMER_PREFIX}*.duckdb")]
    return sorted((HistoryEntry(path.name, path) for path in files), key=lambda entry: entry.name.partition("-")[2])


def name_of(mart: Path) -> str:
    """Return the name a published mart has in the history, from the run it carries; else from its file time."""
    try:
        with duckdb.connect(str(mart), read_only=True) as connection:
            row = connection.execute("select finished_at, run_id from _meta.run").fetchone()
    except duckdb.Error:  # somebody writes into it or damaged it: keep it all the same, so that nothing is lost
        row = None
    built_at, run_id = row or (dt.datetime.fromtimestamp(mart.stat().st_mtime, dt.UTC), "unreadable")
    return f"{_PREFIX}{built_at.strftime(_STAMP)}-{str(run_id).split('-')[0]}.duckdb"


def keep_current(settings: Settings) -> Path | None:
    """Give the live mart a name in the history (it stays live); None where nothing was published yet.

    What was kept under names of the former kind gets one of the kind of now first: else a mart could be kept twice.
    """
    _rename_kept(settings)
    return _keep(settings, settings.published_path) if settings.published_path.exists() else None


def leave_former_name(settings: Settings) -> Path | None:
    """After a publication under the name of now: keep the mart under the former name and take it away.

    Returns:
        The path that is gone, so that its readers can be told; None where there was none.
    """
    if not settings.former_path.exists():
        return None
    _keep(settings, settings.former_path)
    settings.former_path.with_name(settings.former_path.name + ".wal").unlink(missing_ok=True)
    settings.former_path.unlink()
    flush(settings.former_path.parent)
    return settings.former_path


def prune(settings: Settings) -> list[str]:
    """Remove the oldest kept marts beyond `publish.keep`; returns their names."""
    remove_leftovers(history_folder(settings))
    surplus = kept_marts(settings)[: -settings.publish.keep]
    for entry in surplus:
        entry.path.unlink()
    return [entry.name for entry in surplus]


def record(settings: Settings, action: str, **details: str | None) -> None:
    """Append one line (what, when in UTC, details) to the log of publications and rollbacks."""
    folder = history_folder(settings)
    folder.mkdir(parents=True, exist_ok=True)
    line = {"at": dt.datetime.now(dt.UTC).isoformat(), "action": action, **details}
    with (folder / LOG).open("a", encoding="utf-8") as log:
        log.write(json.dumps(line) + "\n")


def rollback(settings: Settings, to: str | None = None) -> HistoryEntry:
    """Publish a kept mart again; the one it replaces is kept too, so that the way forward stays open.

    The caller holds the workspace lock. Without `to` it is the newest mart built before the live one, so that a second
    rollback goes one further back; `to` is a name of `kept_marts`, or the start of one.

    Raises:
        SettingsError: `to` names no kept mart, or more than one.
        PublishError: there is nothing older to go back to.
    """
    live = keep_current(settings)
    entry = _named(settings, to) if to else _older(settings, live)
    remove_leftovers(settings.published_path.parent)
    aside = aside_path(settings.published_path.parent, f"rollback-{entry.path.stem}")
    clone(entry.path, aside)
    files = export_aside(settings, aside)
    swap_in(aside, settings.published_path)
    swap_parquet(settings, files)
    record(settings, "rollback", mart=entry.name, replaced=live.name if live else None)
    return entry


def _keep(settings: Settings, mart: Path) -> Path:
    folder = history_folder(settings)
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / name_of(mart)
    if not kept.exists():
        aside = aside_path(folder, kept.stem)
        clone(mart, aside)
        os.replace(aside, kept)
        flush(folder)
    return kept


def _rename_kept(settings: Settings) -> None:
    for path in history_folder(settings).glob(f"{_FORMER_PREFIX}*.duckdb"):
        os.replace(path, path.with_name(path.name.replace(_FORMER_PREFIX, _PREFIX, 1)))


def _older(settings: Settings, live: Path | None) -> HistoryEntry:
    kept = kept_marts(settings)
    names = [entry.name for entry in kept]
    older = kept[: names.index(live.name)] if live else kept
    if not older:
        raise PublishError(f"{history_folder(settings)}: no mart older than the published one is kept")
    return older[-1]


def _named(settings: Settings, to: str) -> HistoryEntry:
    entries = kept_marts(settings)
    found = [entry for entry in entries if entry.name == to] or [e for e in entries if to in e.name]
    if len(found) != 1:
        names = ", ".join(entry.name for entry in entries) or "none"
        raise SettingsError(f"--to {to!r} fits {len(found)} of the kept marts; expected one of: {names}")
    return found[0]
