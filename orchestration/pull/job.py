"""What one pull of one source is to bring, and where it writes: whole files, all of them or none."""

import datetime as dt
import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from orchestration.settings import Pull, Settings, mistake

STAMP = "%Y%m%dT%H%M%SZ"
_STAMPED = re.compile(r"_(\d{8}T\d{6}Z)\.[a-z]+$")
_ASIDE = ".pull"  # hidden: the extract step passes over it
_FIRST_REPORT_DAYS = 365


@dataclass(frozen=True)
class Job:
    """One source to pull at `now` (UTC); `last` is when the newest complete pull in its folder began.

    `since` is the day that the command asked for, before anything of the settings.
    """

    settings: Settings
    source: str
    pull: Pull
    folder: Path
    now: dt.datetime
    last: dt.datetime | None
    restate_days: int
    since: dt.date | None = None

    @property
    def changed_since(self) -> dt.datetime | None:
        """Records that changed from then on are wanted; None: all there are."""
        if self.since is None and self.last is not None:
            return self.last - dt.timedelta(days=self.restate_days)
        day = self.since or self.pull.since
        return None if day is None else dt.datetime.combine(day, dt.time(), dt.UTC)

    @property
    def first_day(self) -> dt.date:
        """First day of a report: the restatement window before the last pull, else as far as the settings say."""
        if self.since is None and self.last is not None:
            return self.last.date() - dt.timedelta(days=self.restate_days)
        return self.since or self.pull.since or self.now.date() - dt.timedelta(days=_FIRST_REPORT_DAYS)

    def days(self, at_once: int) -> Iterator[tuple[str, str]]:
        """Yield first and last day (ISO) of pieces of at most `at_once` days, up to today."""
        first, today = self.first_day, self.now.date()
        while first <= today:
            last = min(first + dt.timedelta(days=at_once - 1), today)
            yield first.isoformat(), last.isoformat()
            first = last + dt.timedelta(days=1)

    def needed(self, name: str) -> Any:
        """Return a setting of `pull` that this source can't do without.

        Raises:
            SettingsError: it isn't there.
        """
        value = getattr(self.pull, name)
        if not value:
            raise mistake(self.settings, f"sources.{self.source}.pull.{name}", f"expected {_EXPECTED[name]}")
        return value


_EXPECTED = {"accounts": "a list of the ids of the accounts", "url": "the address of your account, such as https://…"}


@dataclass
class Files:
    """The files of one pull, written aside; `commit` moves them into the folder, the cursor's table last."""

    folder: Path
    stamp: str
    rows: dict[str, int] = field(default_factory=dict)

    def add(self, table: str, line: dict[str, Any] | str) -> None:
        """Append one record or page as a line of JSON; text is appended as it is, to a .tsv file."""
        suffix, text = ("tsv", line) if isinstance(line, str) else ("jsonl", json.dumps(line, ensure_ascii=False))
        with open(self.folder / _ASIDE / f"{table}_{self.stamp}.{suffix}", "a", encoding="utf-8") as file:
            file.write(text.rstrip("\n") + "\n")
        self.rows[table] = self.rows.get(table, 0) + 1

    def commit(self, cursor: str) -> list[Path]:
        """Put the files into place, each whole; a crash in between leaves the cursor behind, so all is pulled again."""
        written = sorted((self.folder / _ASIDE).iterdir(), key=lambda path: (path.name.startswith(f"{cursor}_2"), path))
        for path in written:
            with open(path, "rb") as file:
                os.fsync(file.fileno())
            path.replace(self.folder / path.name)
        return [self.folder / path.name for path in written]


@contextmanager
def written_aside(folder: Path, now: dt.datetime) -> Iterator[Files]:
    """Yield empty files beside the folder's own; what was not committed is gone afterwards."""
    aside = folder / _ASIDE
    shutil.rmtree(aside, ignore_errors=True)  # left by a pull that was killed
    aside.mkdir(parents=True)
    try:
        yield Files(folder, now.strftime(STAMP))
    finally:
        shutil.rmtree(aside)


def last_pull(folder: Path, cursor: str) -> dt.datetime | None:
    """When the newest pull whose files are all there began; None before the first."""
    stamps = [found[1] for path in folder.glob(f"{cursor}_2*") if (found := _STAMPED.search(path.name))]
    return dt.datetime.strptime(max(stamps), STAMP).replace(tzinfo=dt.UTC) if stamps else None
