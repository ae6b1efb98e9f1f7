"""One dbt process for a whole run: it imports dbt and loads the manifest while files land, and builds when asked."""

import json
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from orchestration.errors import TransformError
from orchestration.settings import Settings
from orchestration.transform import dbt, parsed
from orchestration.transform.dbt_process import MARK
from orchestration.transform.parsed import SENT


class Serving:
    """The dbt process of a run; `run_dbt` and `prepare_manifest` of its workspace go to it."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._process = dbt.start_dbt(settings, ["--serve"])
        self._fingerprint = dbt.project_fingerprint(settings)
        self.parses_anew = not dbt.is_current(settings, self._fingerprint)
        self._is_loaded = False
        request: dict[str, object] = {"args": dbt.arguments(settings, ["parse"])}
        if not self.parses_anew:
            request["parsed"] = str(dbt.dbt_target_path(settings) / "partial_parse.msgpack")
        self._send(request)

    def manifest(self) -> Path:
        """Path of `manifest.json`, which is current now; where it was before, dbt goes on loading it meanwhile.

        Raises:
            TransformError: the project can't be parsed.
        """
        if self.parses_anew:
            self._load()
        path, _ = dbt.manifest_files(self._settings)
        return path

    def _load(self) -> None:
        """Wait until dbt has loaded the project."""
        if self._is_loaded:
            return
        lines: list[str] = []
        if code := self._answer(lines.append):
            if code == -signal.SIGKILL:
                raise dbt.killed(self._settings, "dbt")
            raise TransformError("\n".join([f"dbt can't read the project ({code}):", *lines[-40:]]))
        if self.parses_anew:
            dbt.mark_current(self._settings, self._fingerprint)
        self._is_loaded = True

    def ask(
        self,
        arguments: list[str],
        hear: Callable[[str], None],
        nodes: Sequence[str] | None = None,
        by: str | None = None,
    ) -> int:
        """Run one command, of `nodes` if given, and tell each line as it is printed; returns its exit code.

        `by`: code and raw columns of the build, where it may send what an earlier one of the same sent.
        """
        self._load()
        request: dict[str, object] = {"args": arguments}
        if "build" in arguments:  # of what dbt writes after a build only the results are read; the rest takes seconds
            results = dbt.dbt_target_path(self._settings) / "run_results.json"
            environment = dbt.dbt_environment(self._settings)
            request = {
                "args": [*arguments, "--no-write-json"],
                "results": str(results),
                "nodes": nodes,
                "environment": {name: environment[name] for name in dbt.OF_THE_BUILD},
            }
            if by is not None:
                kept = [dbt.dbt_target_path(self._settings) / SENT, parsed.kept_path(self._fingerprint, SENT)]
                request["sent"] = {"by": by, "files": [str(path) for path in kept]}
        self._send(request)
        return self._answer(hear)

    def answer(self, query: str, folder: Path) -> None:
        """Let the Spark session of the process write the answer to a query into a new folder, as Parquet.

        Raises:
            TransformError: Spark could not answer.
        """
        self._load()
        self._send({"query": query, "folder": str(folder)})
        lines: list[str] = []
        if self._answer(lines.append):
            raise TransformError("\n".join(["Spark could not answer:", *lines[-40:]]))

    def end(self) -> None:
        """Let the process end, which the closing of its standard input does."""
        with self._process:
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
            raise TransformError(f"dbt has ended ({self._process.wait()}); expected it to serve the run") from None

    def _answer(self, hear: Callable[[str], None]) -> int:
        for line in self._process.stdout or ():
            if line.startswith(MARK):
                answer = json.loads(line.removeprefix(MARK))
                if answer["error"]:
                    hear(answer["error"])
                return int(answer["code"])
            hear(line.rstrip())
        code = self._process.wait()
        return code if code not in (0, 1) else 2  # it ended of itself: nothing is built; 1 would say that tests failed


@contextmanager
def dbt_serving(settings: Settings) -> Iterator[Serving]:
    """Every dbt command of the workspace goes to one process within the block; may be nested."""
    running = dbt.serving.get(settings.workspace)
    if isinstance(running, Serving):
        yield running
        return
    started = Serving(settings)
    dbt.serving[settings.workspace] = started
    try:
        yield started
    finally:
        del dbt.serving[settings.workspace]
        started.end()
