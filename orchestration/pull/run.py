"""`funnelmart pull`: every source that the settings say to pull, one after the other; one that fails stops no other."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from orchestration.errors import FunnelmartError, PullError
from orchestration.extracts.find.remote import is_url
from orchestration.lock import workspace_lock
from orchestration.pull import amocrm, google_ads_api, hubspot, meta_insights, pipedrive, yandex_direct
from orchestration.pull.job import Job, last_pull, written_aside
from orchestration.settings import Pull, Settings, mistake

Lines = Callable[[Job], Iterator[tuple[str, dict[str, Any] | str]]]


@dataclass(frozen=True)
class Puller:
    """How a source is pulled: `lines` yields (table, record or page); `cursor` is a table that every pull writes.

    `restate_days` is how far behind the last pull the next one begins, where the settings say nothing else.
    """

    lines: Lines
    cursor: str
    restate_days: int


_RECORDS, _REPORTS = 1, 30  # days: changes come at once, platforms correct their reports for weeks
PULLERS: dict[str, Puller] = {
    "amocrm": Puller(amocrm.lines, "users", _RECORDS),
    "google_ads_api": Puller(google_ads_api.lines, "campaigns", _REPORTS),
    "hubspot": Puller(hubspot.lines, "owner", _RECORDS),
    "meta_insights": Puller(meta_insights.lines, "insights", _REPORTS),
    "pipedrive": Puller(pipedrive.lines, "users", _RECORDS),
    "yandex_direct": Puller(yandex_direct.lines, "campaigns", _REPORTS),
}


@dataclass(frozen=True)
class Pulled:
    """What the pull of one source wrote: files, lines by table, and from when on it asked."""

    source: str
    files: list[Path]
    lines: dict[str, int]
    since: dt.datetime | None


def sources_to_pull(settings: Settings, names: Iterable[str] = ()) -> dict[str, Pull]:
    """Return the `pull` settings of the sources named, of all that have some where none is named.

    Raises:
        SettingsError: nothing is to be pulled, there is no API for a source, or its path is no local folder.
    """
    known = ", ".join(sorted(PULLERS))
    asked = {name: source.pull for name, source in settings.sources.items() if source.pull is not None}
    for name in names:
        if name not in asked:
            raise mistake(settings, f"sources.{name}.pull", "not there; expected settings such as pull: {}")
    for name in asked:
        if name not in PULLERS:
            raise mistake(settings, f"sources.{name}.pull", f"no API is known for it; expected one of {known}")
        if is_url(settings.sources[name].path):
            raise mistake(settings, f"sources.{name}.path", "what is pulled is written there; expected a folder")
    if not asked:
        raise mistake(settings, "sources", f"no source has `pull`; expected it with one of {known} (docs/pulling.md)")
    return {name: pull for name, pull in asked.items() if not names or name in names}


def pull_source(settings: Settings, name: str, now: dt.datetime | None = None, since: dt.date | None = None) -> Pulled:
    """Pull one source: what changed since the last time and the days that are restated, or everything from `since` on.

    Raises:
        SettingsError: the settings or the environment lack something.
        PullError: the API could not be read to the end; no file was written.
    """
    pull, puller = sources_to_pull(settings, [name])[name], PULLERS[name]
    folder = settings.workspace / Path(settings.sources[name].path).expanduser()
    folder.mkdir(parents=True, exist_ok=True)
    now = now or dt.datetime.now(dt.UTC).replace(microsecond=0)
    days = puller.restate_days if pull.restate_days is None else pull.restate_days
    job = Job(settings, name, pull, folder, now, last_pull(folder, puller.cursor), days, since)
    with workspace_lock(settings, f"pull-{name}.lock"), written_aside(folder, now) as files:
        for table, line in puller.lines(job):
            files.add(table, line)
        return Pulled(name, files.commit(puller.cursor), files.rows, job.changed_since)


def pull_sources(
    settings: Settings,
    names: Iterable[str] = (),
    since: dt.date | None = None,
    tell: Callable[[Pulled | PullError], None] = lambda result: None,
) -> list[Pulled]:
    """Pull the sources named, or all; `tell` hears of each as it ends. One that fails stops no other.

    Raises:
        SettingsError: the settings or the environment lack something.
        PullError: at least one failed; the message has a line for each.
    """
    done, failed = list[Pulled](), list[FunnelmartError]()
    for name in sources_to_pull(settings, list(names)):
        try:
            done.append(pull_source(settings, name, since=since))
            tell(done[-1])
        except PullError as error:
            failed.append(error)
            tell(error)
    if failed:
        raise PullError("\n".join(str(error) for error in failed))
    return done
