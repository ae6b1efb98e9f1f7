"""Progress of a run by step, and the seconds each step took."""

import datetime as dt
import re
import time
from collections import Counter, defaultdict
from types import TracebackType
from typing import TextIO

from rich.status import Status
from rich.text import Text

from orchestration.cli.terminal import SafeConsole
from orchestration.counted import counted
from orchestration.progress import NOTE, listening

# What users call the steps, by the name of the Dagster step; everything outside them is start-up.
PHASES = {
    "settings": "landing",
    "extract_": "landing",
    "entities": "dbt",
    "marts": "dbt",
    "check_": "checks",
    "published__": "publish",
    "reports__": "reports",
}
_DBT_NODE = re.compile(r"(\d+) of (\d+) START (?:sql )?(.+?) \.*")


class Steps:
    """Listens to a run: a spinner and one line for each step done on a terminal, plain lines when piped."""

    def __init__(self, terminal: TextIO | None, started_at: dt.datetime, verbose: bool = False) -> None:
        """`terminal` is None where nothing shall be shown; `verbose` prints all that the steps say."""
        self._verbose = verbose
        self._console = SafeConsole(file=terminal, highlight=False, soft_wrap=True) if terminal else None
        self._spinner: Status | None = None
        self._started = time.monotonic() - (dt.datetime.now(dt.UTC) - started_at).total_seconds()
        self._ended: float | None = None
        self._step_started = 0.0
        self._phases: dict[str, float] = defaultdict(float)
        self._tallies: dict[str, Counter[str]] = defaultdict(Counter)
        self._dbt_started = 0.0

    def __enter__(self) -> "Steps":
        if self._console and self._console.is_terminal:
            self._spinner = self._console.status("starting")
            self._spinner.start()
        self._listening = listening(self.say)
        self._listening.__enter__()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._listening.__exit__(kind, error, at)
        if self._spinner:
            self._spinner.stop()
        self._ended = time.monotonic()

    def say(self, message: str) -> None:
        """Keep what a step says with the run's log; show where it is."""
        print(message, flush=True)
        if self._console and (self._verbose or message.startswith(NOTE)):
            self._console.print(message, markup=False)
        node = _DBT_NODE.search(message)
        self._show(self._dbt(int(node[1]), int(node[2]), node[3]) if node else message)

    def saw(self, step: str, **counts: int) -> None:
        """Something happened within a step: `rows` landed, `tables` built, `checks` made, `failed` ones, `bytes`."""
        self._tallies[step].update(counts)

    def start(self, step: str) -> None:
        """A step begins."""
        self._step_started = time.monotonic()
        self._show(f"{_phase(step)}: {step}")
        if self._console and not self._spinner:
            self._console.print(f"start  {_phase(step):8} {step}")

    def end(self, step: str, failed: bool = False) -> None:
        """A step has ended."""
        seconds = time.monotonic() - self._step_started
        self._phases[_phase(step)] += seconds
        if self._console:
            mark = "[red]failed[/]" if failed else "[green]done[/]  "
            note = describe(self._tallies[step], seconds)
            self._console.print(f"{mark} {_phase(step):8} {step:24} {seconds:6.1f} s  {note}".rstrip())

    def seconds(self) -> dict[str, float]:
        """Seconds by phase, those outside any step as start-up, and in all."""
        total = (self._ended or time.monotonic()) - self._started
        phases = {name: self._phases.get(name, 0.0) for name in ("landing", "dbt", "checks", "publish", "reports")}
        known = {"start-up": total - sum(phases.values()), **phases, "total": total}
        return {name: round(value, 3) for name, value in known.items()}

    def _dbt(self, number: int, of: int, name: str) -> str:
        now = time.monotonic()
        if number == 1:
            self._dbt_started = now
        rate = f", {number / (now - self._dbt_started):.1f}/s" if now > self._dbt_started else ""
        return f"dbt {number} of {of}{rate}: {name}"

    def _show(self, text: str) -> None:
        if self._spinner:
            self._spinner.update(Text(text[:100]))  # names of files stand in it, which are no markup


def _phase(step: str) -> str:
    return next((phase for start, phase in PHASES.items() if step.startswith(start)), "other")


def describe(tally: Counter[str], seconds: float) -> str:
    """Return what a step did, in a few words."""
    words = []
    if "rows" in tally:
        rate = f", {tally['rows'] / seconds:,.0f} rows/s" if tally["rows"] and seconds else ""
        words.append(f"{counted(tally['rows'], 'new row')}{rate}" if tally["rows"] else "nothing new")
    elif tally["tables"] > 1:
        words.append(f"{tally['tables']} tables and views")
    if tally["bytes"]:
        words.append(f"{tally['bytes'] / 1e6:.1f} MB")
    if tally["checks"]:
        words.append(
            f"{counted(tally['checks'], 'check')}" + (f", {tally['failed']} not passed" if tally["failed"] else "")
        )
    return ", ".join(words)
