"""Put a complete mart in place: before the swap everything that can fail, after it only what may fail.

A publication that has swapped is published: what fails after it is a warning, and the next start makes up for it
(`recover`).
"""

import contextlib
from collections.abc import Callable
from functools import partial
from pathlib import Path

from orchestration.progress import say
from orchestration.publish import calls, log
from orchestration.publish.files import remove_leftovers, swap_in
from orchestration.publish.history import HistoryEntry, history_folder, keep, named, surplus
from orchestration.publish.lake import lake_folder, remove_unread
from orchestration.publish.parquet import complete_of, point_to, remove_half, swap_parquet
from orchestration.publish.remembered import Remembered
from orchestration.settings import Settings


def put_in_place(
    settings: Settings,
    aside: Path,
    target: Path,
    parquet: Path | None,
    prune: list[HistoryEntry],
    action: str,
    details: dict[str, str | None],
    remembered: Remembered | None = None,
) -> list[str]:
    """Swap and do what follows; returns one sentence for each thing that failed after the swap.

    Raises:
        OSError: the swap itself failed, nothing has changed.
    """
    swap_in(aside, target)
    warnings: list[str] = []
    folder = history_folder(settings)
    afterwards: list[tuple[str, Callable[[], object]]] = [
        (f"{target.parent} was not flushed to disk", partial(calls.flush, target.parent)),
        (f"{folder / log.NAME} does not name this publication yet", partial(log.record, folder, action, details)),
        (f"{settings.parquet_path} is not all of this publication", partial(swap_parquet, settings, parquet)),
    ]
    if target == settings.publish_path:
        afterwards.append((f"{settings.former_path} is still there", partial(remove_former, settings)))
    afterwards += [(f"{entry.path} is still kept", partial(calls.remove, entry.path)) for entry in prune]
    afterwards.append((f"{lake_folder(settings)} holds what no mart reads", partial(remove_unread, settings)))
    if remembered is not None:
        afterwards.append(("contents were not noted", partial(remembered.save, settings)))
    for otherwise, call in afterwards:
        try:
            call()
        except OSError as error:
            warnings.append(f"{otherwise}: {error}; the next publication makes up for it")
    for warning in warnings:
        say(f"publish: warning: {warning}")
    return warnings


def remove_former(settings: Settings) -> None:
    """Take away the mart under the former name, which the history keeps, with what was written into it."""
    if not settings.former_path.exists():
        return
    calls.remove(settings.former_path.with_name(settings.former_path.name + ".wal"))
    calls.remove(settings.former_path)
    calls.flush(settings.former_path.parent)


def recover(settings: Settings) -> None:
    """Finish what a killed publication began, remove what it left aside; the caller holds the workspace lock.

    Killed before the swap, it leaves files aside; killed after it, the log may not name the published mart, the Parquet
    files may be those of the mart before, and the mart under the former name may be there still.

    Raises:
        OSError: a file can't be written or removed.
    """
    folder = settings.published_path.parent
    if not folder.exists():
        return
    remove_leftovers(folder)
    remove_leftovers(history_folder(settings))
    remove_half(settings)
    remove_unread(settings)
    name = named(settings.published_path) if settings.published_path.exists() else None
    if name is None:
        return
    lines = log.read_log(history_folder(settings))
    last = log.last_published(lines)
    if last != name and not (lines and "mart" not in lines[-1]):  # earlier versions did not say it
        log.writable(history_folder(settings))
        log.record(history_folder(settings), "recovered", {"mart": name, "replaced": last})
    written = complete_of(settings, name)
    if written is not None:
        point_to(settings, written)
    if settings.publish_path.exists() and settings.former_path.exists():
        keep(settings, settings.former_path)
        remove_former(settings)


def planned(settings: Settings, previous: Path | None) -> list[HistoryEntry]:
    """Look at all that follows the swap now, while a failure changes nothing; returns the kept marts that must go.

    Raises:
        OSError: the log takes no line.
    """
    log.writable(history_folder(settings))
    return [entry for entry in surplus(settings) if entry.path != previous]


def clean_up(settings: Settings) -> None:
    """After a failure: what was built aside. What can't be removed now is removed by the next publication."""
    for clean in (remove_leftovers, lambda folder: remove_leftovers(folder / "history")):
        with contextlib.suppress(OSError):
            clean(settings.published_path.parent)
    for remove in (remove_half, remove_unread):
        with contextlib.suppress(OSError):
            remove(settings)
