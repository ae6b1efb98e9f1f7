"""The way back to a mart that was published before."""

from orchestration.errors import PublishError
from orchestration.publish.files import aside_path, clone
from orchestration.publish.history import HistoryEntry, entry_before, entry_named, keep_current
from orchestration.publish.lake import files_of, refuse_missing
from orchestration.publish.parquet import export_aside
from orchestration.publish.place import clean_up, planned, put_in_place, recover
from orchestration.publish.verify import read_to_its_end
from orchestration.settings import Settings


def rollback(settings: Settings, to: str | None = None) -> HistoryEntry:
    """Publish a kept mart again; the one it replaces is kept too, so that the way forward stays open.

    The caller holds the workspace lock. Without `to` it is the mart published before the live one, as the log says, so
    that a second rollback goes one further back; `to` is a name of `kept_marts`, or the start of one.

    Raises:
        SettingsError: `to` names no kept mart, or more than one.
        PublishError: there is nothing to go back to, it is damaged, or it can't be put in place; nothing has changed.
    """
    folder = settings.published_path.parent
    try:
        recover(settings)
        live = keep_current(settings)
        entry = entry_named(settings, to) if to else entry_before(settings, live)
        read_to_its_end(entry.path)
        refuse_missing(entry.path, files_of(entry.path))
        aside = aside_path(folder, f"rollback-{entry.path.stem}")
        clone(entry.path, aside)
        files = export_aside(settings, aside, entry.name)
        planned(settings, live)
        details = {"mart": entry.name, "replaced": live.name if live else None}
        put_in_place(settings, aside, settings.published_path, files, [], "rollback", details)
    except OSError as error:
        clean_up(settings)
        raise PublishError(f"{folder}: the mart could not be put in place: {error}") from error
    except PublishError:
        clean_up(settings)
        raise
    return entry
