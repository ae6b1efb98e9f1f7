"""The only way dbt is run: a subprocess (in process it would keep the warehouse locked), its own or the run's."""

import signal
from collections.abc import Callable, Collection, Generator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar

from orchestration.errors import TransformError
from orchestration.settings import Settings
from orchestration.transform.command import arguments, dbt_target_path, logs_path, manifest_path, start_dbt
from orchestration.transform.spark.around import lake_around

# What a production run leaves out: unit tests prove the code, not the data, and are run by pytest.
WITHOUT_UNIT_TESTS = ("--exclude-resource-type", "unit_test")


@dataclass(frozen=True)
class DbtResult:
    """What one dbt invocation printed, and where its artifacts (manifest.json, run_results.json) lie."""

    output: str
    target_path: Path


Result = TypeVar("Result")
NodeEnd = dict[str, Any]
"""How a node ended, as within_dbt/ended.py says it."""


class Process(Protocol):
    """A dbt process that is asked instead of starting one for each command; see `serving.py`."""

    @property
    def fingerprint(self) -> str:
        """Of the project that it has loaded; see `project_fingerprint`."""

    def ask(
        self,
        arguments: list[str],
        hear: Callable[[str], None],
        nodes: Sequence[str] | None = None,
        by: str | None = None,
    ) -> Generator[NodeEnd, None, int]:
        """Run a command to its end, a build of `nodes` by the code `by` if given; returns its exit code."""

    def manifest(self) -> Path:
        """Path of the current manifest."""

    def answer(self, query: str, folder: str) -> None:
        """Let Spark write the answer to a query as Parquet into a new folder of the storage."""


serving: dict[Path, Process] = {}
"""The process of each workspace that a run of this process works on."""


def run_dbt(
    settings: Settings,
    args: Sequence[str],
    *,
    on_line: Callable[[str], None] | None = None,
    variables: Mapping[str, Any] | None = None,
    accept: Sequence[int] = (0,),
    nodes: Collection[str] | None = None,
    by: str | None = None,
) -> DbtResult:
    """Run `dbt <args>` as `running` does, to its end."""
    return at_its_end(running(settings, args, on_line=on_line, variables=variables, accept=accept, nodes=nodes, by=by))


def running(
    settings: Settings,
    args: Sequence[str],
    *,
    on_line: Callable[[str], None] | None = None,
    variables: Mapping[str, Any] | None = None,
    accept: Sequence[int] = (0,),
    nodes: Collection[str] | None = None,
    by: str | None = None,
) -> Generator[NodeEnd, None, DbtResult]:
    """Run `dbt <args>` on the workspace's warehouse, which must not be open in this process.

    Gives each node as soon as it has ended, where a process serves the workspace; its table can't be opened yet.

    Args:
        args: command and options, such as `["build", *WITHOUT_UNIT_TESTS]`.
        on_line: called with each line dbt prints, as it comes.
        variables: instead of `dbt_vars(settings)`.
        accept: exit codes that are no failure (dbt ends with 1 where a test failed).
        nodes: ids of what a `build` builds, these and no others; else `args` say it.
        by: code and raw columns of a build that may send what an earlier one by the same has sent.

    Raises:
        DbtVersionError: the environment's dbt is of a version that the models were not tried with.
        TransformError: dbt failed; the message holds the last lines it printed and names its log.
    """
    process = serving.get(settings.workspace) if variables is None else None
    whole = arguments(settings, args, variables)
    lines: list[str] = []

    def hear(line: str) -> None:
        lines.append(line)
        if on_line is not None:
            on_line(line)

    chosen = None if nodes is None else sorted(nodes)
    with lake_around(settings, args, manifest_path(settings)):
        if process:
            code = yield from process.ask(whole, hear, chosen, by)
        else:
            code = _run_once(settings, [*whole, *_named(chosen)], hear)
    if code == -signal.SIGKILL:
        raise killed(settings, f"dbt {args[0]}")
    if code not in accept:
        tail = "\n".join(lines[-40:])
        raise TransformError(f"dbt {args[0]} failed ({code}); log in {logs_path(settings) / 'dbt.log'}:\n{tail}")
    return DbtResult("\n".join(lines), dbt_target_path(settings))


def at_its_end(steps: Generator[object, None, Result]) -> Result:
    """What a generator returns once all that it gives has been taken."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            result: Result = end.value
            return result


def _named(nodes: Sequence[str] | None) -> list[str]:
    """The selection of nodes by their names, the third part of their ids."""
    return [] if nodes is None else ["--indirect-selection", "empty", "--select", *(id_.split(".")[2] for id_ in nodes)]


def _run_once(settings: Settings, whole: list[str], hear: Callable[[str], None]) -> int:
    """A process for this one command; its exit code."""
    with start_dbt(settings, whole) as process:
        for line in process.stdout or ():
            hear(line.rstrip())
    return process.returncode


def killed(settings: Settings, what: str) -> TransformError:
    """Say what the usual reason is for a dbt that did not end of itself."""
    return TransformError(
        f"{what} was killed by the system; memory is the usual reason: lower engine.memory_limit "
        f"(now {settings.engine.memory_limit}) or engine.threads in funnelmart.yml, or give the machine more"
    )
