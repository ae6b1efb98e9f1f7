"""One dbt process for a whole run: it imports dbt and loads the manifest while files land, and builds when asked."""

import json
import signal
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path

from orchestration.errors import TransformError
from orchestration.settings import Settings
from orchestration.transform import command, dbt, manifest, parsed
from orchestration.transform.dbt import NodeEnd
from orchestration.transform.dbt_process import MARK
from orchestration.transform.parsed import SENT
from orchestration.transform.within_dbt.ended import NODE


class Serving:
    """The dbt process of a run; `run_dbt` and `prepare_manifest` of its workspace go to it."""

    def __init__(self, settings: Settings) -> None:
        """Start it; nothing is written yet."""
        self._settings = settings
        self._process = command.start_dbt(settings, ["--serve"])
        self._is_loaded = False

    @cached_property
    def fingerprint(self) -> str:
        """Of the project that it has loaded, or is about to."""
        return manifest.fingerprint_now(self._settings)

    def begin(self) -> None:
        """Let it load what it read of the project before, or read it; it goes on meanwhile."""
        _ = self.parses_anew

    @cached_property
    def parses_anew(self) -> bool:
        """Whether dbt has to read the project, which this begins where nothing has."""
        is_current = manifest.is_current(self._settings, self.fingerprint)
        request: dict[str, object] = {"args": command.arguments(self._settings, ["parse"])}
        if is_current:
            request["parsed"] = str(command.dbt_target_path(self._settings) / manifest.PARSED)
        self._send(request)
        return not is_current

    def manifest(self) -> Path:
        """Path of `manifest.json`, which is current now; where it was before, dbt goes on loading it meanwhile.

        Raises:
            TransformError: the project can't be parsed.
        """
        if self.parses_anew:
            self._load()
        path, _ = manifest.manifest_files(self._settings)
        return path

    def _load(self) -> None:
        """Wait until dbt has loaded the project."""
        if self._is_loaded:
            return
        parses_anew, lines = self.parses_anew, list[str]()
        if code := self._answer(lines.append):
            del self.parses_anew  # who asks again lets it try again, and waits for no second answer to one question
            if code == -signal.SIGKILL:
                raise dbt.killed(self._settings, "dbt")
            raise TransformError("\n".join([f"dbt can't read the project ({code}):", *lines[-40:]]))
        if parses_anew:
            manifest.mark_current(self._settings, self.fingerprint)
        self._is_loaded = True

    def ask(
        self,
        arguments: list[str],
        hear: Callable[[str], None],
        nodes: Sequence[str] | None = None,
        by: str | None = None,
    ) -> Generator[NodeEnd, None, int]:
        """Run one command, of `nodes` if given, and tell each line as it is printed; returns its exit code.

        Gives each node of a build as soon as it has ended.

        `by`: code and raw columns of the build, where it may send what an earlier one of the same sent.
        """
        self._load()
        request: dict[str, object] = {"args": arguments}
        if "build" in arguments:  # of what dbt writes after a build only the results are read; the rest takes seconds
            results = command.dbt_target_path(self._settings) / "run_results.json"
            environment = command.dbt_environment(self._settings)
            request = {
                "args": [*arguments, "--no-write-json"],
                "results": str(results),
                "nodes": nodes,
                "environment": {name: environment[name] for name in command.OF_THE_BUILD},
            }
            if by is not None:
                kept = [command.dbt_target_path(self._settings) / SENT, parsed.kept_path(self.fingerprint, SENT)]
                request["sent"] = {"by": by, "files": [str(path) for path in kept]}
        self._send(request)
        return (yield from self._answers(hear))

    def answer(self, query: str, folder: str) -> None:
        """Let the Spark session of the process write the answer to a query as Parquet into a new folder of the storage.

        Raises:
            TransformError: Spark could not answer.
        """
        self._load()
        self._send({"query": query, "folder": folder})
        lines: list[str] = []
        if self._answer(lines.append):
            raise TransformError("\n".join(["Spark could not answer:", *lines[-40:]]))

    def end(self) -> None:
        """Let the process end, which the closing of its standard input does; it may have ended of itself."""
        with suppress(BrokenPipeError), self._process:  # what was not written any more
            pass

    def _send(self, request: dict[str, object]) -> None:
        if self._process.stdin is None:
            raise RuntimeError("dbt was started without a pipe")
        try:
            self._process.stdin.write(json.dumps(request) + "\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            if self._process.wait() == -signal.SIGKILL:
                raise dbt.killed(self._settings, "dbt") from None
            ended = f"dbt has ended ({self._process.returncode}); expected it to serve the run"
            said = [line.rstrip() for line in self._process.stdout or ()]
            raise TransformError("\n".join([ended, *said[-40:]])) from None

    def _answer(self, hear: Callable[[str], None]) -> int:
        return dbt.at_its_end(self._answers(hear))

    def _answers(self, hear: Callable[[str], None]) -> Generator[NodeEnd, None, int]:
        for line in self._process.stdout or ():
            if line.startswith(NODE):
                yield json.loads(line.removeprefix(NODE))
                continue
            if line.startswith(MARK):
                answer = json.loads(line.removeprefix(MARK))
                if answer["error"]:
                    hear(answer["error"])
                return int(answer["code"])
            hear(line.rstrip())
        code = self._process.wait()
        return code if code not in (0, 1) else 2  # it ended of itself: nothing is built; 1 would say that tests failed


@contextmanager
def dbt_serving(settings: Settings, begins: bool = True) -> Iterator[Serving]:
    """Every dbt command of the workspace goes to one process within the block; may be nested.

    `begins`: it loads the project at once. Else when something needs it or `begin` says so; until then it imports dbt,
    and writes nothing.
    """
    running = dbt.serving.get(settings.workspace)
    if isinstance(running, Serving):
        yield running
        return
    started = Serving(settings)
    dbt.serving[settings.workspace] = started
    try:
        if begins:
            started.begin()
        yield started
    finally:
        end_serving(settings)


def end_serving(settings: Settings) -> None:
    """Let the process of the workspace end where there is one, before its block does: it holds 250 MB.

    A later command starts a process of its own.
    """
    process = dbt.serving.pop(settings.workspace, None)
    if isinstance(process, Serving):
        process.end()
