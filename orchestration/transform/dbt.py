"""The only way dbt is run: a subprocess (in process it would keep the warehouse locked), one target per workspace.

It is the dbt of this Python's own environment, never one that the PATH happens to name.
"""

import csv
import hashlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Collection, Generator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar

from orchestration.errors import TransformError
from orchestration.extracts.sources import DBT_PROJECT, entity_sources
from orchestration.settings import Settings
from orchestration.transform import parsed
from orchestration.transform.compression import unused_compression
from orchestration.transform.dbt_version import check_dbt, installed_parts
from orchestration.transform.memory import fitting_memory
from orchestration.transform.spark.around import lake_around, spark_environment
from orchestration.transform.spark.installed import check_spark
from orchestration.warehouse import engine_config

# What a production run leaves out: unit tests prove the code, not the data, and are run by pytest.
WITHOUT_UNIT_TESTS = ("--exclude-resource-type", "unit_test")

CODE = Path(__file__).parent

# What dbt itself keeps of a project that it has read; the manifest is said to be whole together with it.
PARSED = "partial_parse.msgpack"

# Of the environment what only the landed data tell.
OF_THE_BUILD = ("FUNNELMART_MEMORY_LIMIT", "FUNNELMART_UNUSED_COMPRESSION")


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


def dbt_vars(settings: Settings) -> dict[str, Any]:
    """The variables of every dbt invocation of a workspace: its sources, and which delivers what."""
    enabled = sorted(settings.sources)
    return {"enabled_sources": [*enabled, "sheets"], "entity_sources": entity_sources(enabled)}


def finding_rules() -> list[str]:
    """Names of the rules that findings come from, sorted."""
    with open(DBT_PROJECT / "seeds" / "alignment_rules.csv", encoding="utf-8", newline="") as file:
        return sorted(row["rule"] for row in csv.DictReader(file))


def published_facts() -> list[str]:
    """Names of the facts that are published, sorted."""
    return sorted(path.stem for path in (DBT_PROJECT / "models" / "marts").rglob("fct_*.sql"))


def dbt_target_path(settings: Settings) -> Path:
    """Folder of dbt's artifacts of this workspace (created); the manifest depends on its sources and its file name."""
    path = settings.state_path / "target"
    path.mkdir(parents=True, exist_ok=True)
    return path


def dbt_environment(settings: Settings) -> dict[str, str]:
    """Environment of every dbt invocation; the profile reads the warehouse's path and the engine's limits from it."""
    engine = engine_config(settings, "dbt")
    return {
        **os.environ,
        "FUNNELMART_WAREHOUSE": str(settings.warehouse_path),
        "FUNNELMART_TARGET": settings.engine.target,
        "FUNNELMART_MEMORY_LIMIT": fitting_memory(settings),
        "FUNNELMART_UNUSED_COMPRESSION": unused_compression(settings),
        "FUNNELMART_TEMPORARY": str(engine["temp_directory"]),
        "FUNNELMART_THREADS": str(engine.get("threads", os.cpu_count() or 1)),
        **(spark_environment(settings) if settings.engine.target == "spark" else {}),
        "DBT_PROJECT_DIR": str(DBT_PROJECT),
        "DBT_PROFILES_DIR": str(DBT_PROJECT),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
    }


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
    with lake_around(settings, args, manifest_files(settings)[0]):
        if process:
            code = yield from process.ask(whole, hear, chosen, by)
        else:
            code = _run_once(settings, [*whole, *_named(chosen)], hear)
    if code == -signal.SIGKILL:
        raise killed(settings, f"dbt {args[0]}")
    if code not in accept:
        tail = "\n".join(lines[-40:])
        raise TransformError(f"dbt {args[0]} failed ({code}); log in {_logs(settings) / 'dbt.log'}:\n{tail}")
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


def _logs(settings: Settings) -> Path:
    return settings.state_path / "logs"


def arguments(settings: Settings, args: Sequence[str], variables: Mapping[str, Any] | None = None) -> list[str]:
    """What dbt is given to run `args` in the workspace, with its own variables or others."""
    variables = dbt_vars(settings) if variables is None else variables
    said = ["--no-use-colors", "--log-path", str(_logs(settings)), "--log-level-file", "info", *args]
    return [*said, "--target-path", str(dbt_target_path(settings)), "--vars", json.dumps(variables)]


def start_dbt(settings: Settings, arguments: Sequence[str]) -> "subprocess.Popen[str]":
    """Start dbt; the process ends when the pipe to its standard input closes, as it does when this process ends.

    Raises:
        DbtVersionError: the environment's dbt is of a version that the models were not tried with.
    """
    check_dbt(DBT_PROJECT)
    if settings.engine.target == "spark":
        check_spark(settings.engine.master)
    # -P: else this folder's dbt.py would stand for dbt
    command = [sys.executable, "-P", str(Path(__file__).with_name("dbt_process.py")), *arguments]
    pipe = subprocess.PIPE
    return subprocess.Popen(
        command, env=dbt_environment(settings), stdin=pipe, stdout=pipe, stderr=subprocess.STDOUT, text=True,
        errors="replace",  # what a library prints as it breaks down need be no text
    )  # fmt: skip


def project_fingerprint(settings: Settings) -> str:
    """Hash of all that the manifest, and what is kept beside it, depend on: the project, where it lies, variables, the
    warehouse's name, dbt and its adapters, and the code here that draws its conclusions from them.

    Within a run it is that of what the run's dbt has loaded.
    """
    process = serving.get(settings.workspace)
    return process.fingerprint if process else fingerprint_now(settings)


def fingerprint_now(settings: Settings) -> str:
    """The same, of the files as they are now."""
    name = settings.warehouse_path.name
    said = [dbt_vars(settings), name, str(DBT_PROJECT), installed_parts(), settings.engine.target]
    digest = hashlib.sha256(json.dumps(said).encode())
    for folder, kinds in ((DBT_PROJECT, {".sql", ".yml", ".csv", ".md"}), (CODE, {".py"})):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix in kinds and "target" not in path.parts:
                digest.update(path.relative_to(folder).as_posix().encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()


def prepare_manifest(settings: Settings) -> Path:
    """Path of the workspace's `manifest.json`, parsed again only where something it depends on has changed."""
    process = serving.get(settings.workspace)
    if process:
        return process.manifest()
    manifest, _ = manifest_files(settings)
    fingerprint = project_fingerprint(settings)
    if not is_current(settings, fingerprint):
        run_dbt(settings, ["parse"])
        mark_current(settings, fingerprint)
    return manifest


def manifest_files(settings: Settings) -> tuple[Path, Path]:
    """Paths of the manifest, and of the fingerprint of what it was made from."""
    target = dbt_target_path(settings)
    return target / "manifest.json", target / "manifest.fingerprint"


def is_current(settings: Settings, fingerprint: str) -> bool:
    """Whether the manifest that lies there was made from what `fingerprint` says, and is whole.

    Where it was not, another workspace's may be, and is copied. Else nothing is left that dbt might build upon: it
    misses changes of a project that lies elsewhere now.
    """
    manifest, stamp = manifest_files(settings)
    if manifest.exists() and stamp.exists() and stamp.read_bytes() == _stamp(manifest, fingerprint):
        return True
    # First what says that it is whole: a reading that is killed by half may have written one file of it and not both.
    stamp.unlink(missing_ok=True)
    (manifest.parent / PARSED).unlink(missing_ok=True)
    if not parsed.fetch(manifest.parent, fingerprint):
        return False
    stamp.write_bytes(_stamp(manifest, fingerprint))
    return True


def mark_current(settings: Settings, fingerprint: str) -> None:
    """Note that the manifest was just made from what `fingerprint` says, and keep it for other workspaces."""
    manifest, stamp = manifest_files(settings)
    stamp.write_bytes(_stamp(manifest, fingerprint))
    parsed.keep(manifest.parent, fingerprint)


def _stamp(manifest: Path, fingerprint: str) -> bytes:
    parsed_too = manifest.with_name(PARSED)
    read = manifest.read_bytes() + (parsed_too.read_bytes() if parsed_too.exists() else b"")
    return f"{fingerprint} {hashlib.sha256(read).hexdigest()}".encode()


def killed(settings: Settings, what: str) -> TransformError:
    """Say what the usual reason is for a dbt that did not end of itself."""
    return TransformError(
        f"{what} was killed by the system; memory is the usual reason: lower engine.memory_limit "
        f"(now {settings.engine.memory_limit}) or engine.threads in funnelmart.yml, or give the machine more"
    )
