"""The published marts that are kept, and which of them came before which."""

import contextlib
import dataclasses
import datetime as dt
import re
from pathlib import Path

import duckdb

from orchestration.errors import PublishError, UsageError
from orchestration.publish import calls
from orchestration.publish.files import aside_path, clone
from orchestration.publish.log import FORMER_PREFIX, PREFIX, order, read_log
from orchestration.settings import Settings

_STAMP = "%Y%m%dT%H%M%S.%fZ"
_NAME = re.compile(rf"({PREFIX}|{FORMER_PREFIX})\d{{8}}T\d{{6}}\.\d{{6}}Z-[^-]+\.duckdb")


@dataclasses.dataclass(frozen=True)
class HistoryEntry:
    """One kept mart; its name holds the time it was built (UTC) and the run that built it."""

    name: str
    path: Path

    @property
    def built_at(self) -> dt.datetime:
        """When this mart was built, in UTC, by the clock of that machine."""
        return dt.datetime.strptime(self.name.split("-")[1], _STAMP).replace(tzinfo=dt.UTC)

    @property
    def run_id(self) -> str:
        """First part of the id of the run that built it."""
        return self.name.split("-")[2].removesuffix(".duckdb")


def history_folder(settings: Settings) -> Path:
    """Return the folder of the kept marts."""
    return settings.published_path.parent / "history"


def kept_marts(settings: Settings) -> list[HistoryEntry]:
    """Return the kept marts, the one published first before the others; the live one may be among them.

    The log says the order. What it doesn't name (kept before there was a log) comes first, by the time it was built.
    Files of other names are somebody's own: they are not listed, published or pruned.
    """
    folder = history_folder(settings)
    files = [*calls.found(folder, f"{PREFIX}*.duckdb"), *calls.found(folder, f"{FORMER_PREFIX}*.duckdb")]
    rank = {name.partition("-")[2]: place for place, name in enumerate(order(read_log(folder)))}

    def place(entry: HistoryEntry) -> tuple[int, str]:
        told = entry.name.partition("-")[2]
        return rank.get(told, -1), told

    return sorted((HistoryEntry(path.name, path) for path in files if _NAME.fullmatch(path.name)), key=place)


def kept_before(settings: Settings, live: str | None) -> list[HistoryEntry]:
    """Return the kept marts that were published before the one named `live`, the last of them at the end."""
    kept = kept_marts(settings)
    names = [entry.name for entry in kept]
    if live is None:
        return kept
    logged = order(read_log(history_folder(settings)))
    if live not in logged:  # put in place by a run that was killed before it could say so: the newest of all
        return [entry for entry in kept if entry.name != live]
    later = set(logged[logged.index(live) :])
    return [entry for entry, name in zip(kept, names, strict=True) if name not in later]


def name_of(mart: Path) -> str:
    """Return the name a published mart has in the history, from the run it carries; else from its file time."""
    return named(mart) or name_at(dt.datetime.fromtimestamp(mart.stat().st_mtime, dt.UTC), "unreadable")


def named(mart: Path) -> str | None:
    """Return the name that the run in a mart gives it; None where somebody writes into the mart or damaged it.

    Asked twice before it counts as unreadable: under another name its files in the lake would be nobody's.
    """
    with contextlib.suppress(duckdb.Error):
        return _said_name(mart)
    try:
        return _said_name(mart)
    except duckdb.Error:
        return None


def _said_name(mart: Path) -> str | None:
    with calls.Database(mart, read_only=True) as connection:
        row = connection.execute("select finished_at, run_id from _meta.run").fetchone()
    return name_at(row[0], str(row[1])) if row else None


def keep_current(settings: Settings) -> Path | None:
    """Give the live mart a name in the history (it stays live); None where nothing was published yet.

    What was kept under names of the former kind gets one of the kind of now first: else a mart could be kept twice.
    """
    _rename_kept(settings)
    return keep(settings, settings.published_path) if settings.published_path.exists() else None


def keep(settings: Settings, mart: Path) -> Path:
    """Give a mart a name in the history, unless it has one."""
    folder = history_folder(settings)
    calls.make_folder(folder)
    kept = folder / name_of(mart)
    if not kept.exists():
        aside = aside_path(folder, kept.stem)
        clone(mart, aside)
        calls.replace(aside, kept)
        calls.flush(folder)
    return kept


def surplus(settings: Settings) -> list[HistoryEntry]:
    """Return what is kept beyond `publish.keep`: the marts published first."""
    return kept_marts(settings)[: -settings.publish.keep]


def entry_named(settings: Settings, to: str) -> HistoryEntry:
    """Return the kept mart that is called so, or the only one whose name contains `to`.

    Raises:
        UsageError: there is none, or more than one.
    """
    entries = kept_marts(settings)
    fits = [entry for entry in entries if entry.name == to] or [e for e in entries if to in e.name]
    if len(fits) != 1:
        names = ", ".join(entry.name for entry in entries) or "none"
        raise UsageError(f"--to {to!r} fits {len(fits)} of the kept marts; expected one of: {names}")
    return fits[0]


def entry_before(settings: Settings, live: Path | None) -> HistoryEntry:
    """Return the kept mart that was published before `live`.

    Raises:
        PublishError: there is none.
    """
    before = kept_before(settings, live.name if live else None)
    if live is not None:  # a live mart that was damaged in its place is so under its name in the history, too
        before = [entry for entry in before if not entry.path.samefile(live)]
    if not before:
        raise PublishError(f"{history_folder(settings)}: no mart older than the published one is kept")
    return before[-1]


def _rename_kept(settings: Settings) -> None:
    for path in calls.found(history_folder(settings), f"{FORMER_PREFIX}*.duckdb"):
        calls.replace(path, path.with_name(path.name.replace(FORMER_PREFIX, PREFIX, 1)))


def name_at(built_at: dt.datetime, run_id: str) -> str:
    """Return the name of the mart that a run has built at a moment (UTC)."""
    return f"{PREFIX}{built_at.strftime(_STAMP)}-{run_id.split('-')[0]}.duckdb"
