"""What `funnelmart ui` becomes: the code server, the daemon and the guarded webserver, ended together.

It is `dagster dev` but for the webserver, which is the project's own entry (`webserver`).
"""

import contextlib
import http.client
import json
import os
import subprocess
import sys
import tempfile
import threading
import webbrowser
from collections.abc import Callable, Mapping
from pathlib import Path

import yaml
from dagster import DagsterInstance
from dagster._cli.proxy_server_manager import ProxyServerManager
from dagster._cli.workspace.cli_target import WorkspaceOpts, workspace_opts_to_load_target
from dagster._utils.interrupts import setup_interrupt_handlers
from dagster._utils.log import configure_loggers
from dagster_shared.ipc import get_ipc_shutdown_pipe, open_ipc_subprocess, send_ipc_shutdown_message
from dagster_shared.serdes import serialize_value

from orchestration.errors import FunnelmartError, ServiceEndedError

ANNOUNCED = "FUNNELMART_UI_ANNOUNCED"  # JSON: text, the number of the open file to write it to, an address to open
_LOOK_SECONDS, _FIRST_LOOK_SECONDS = 2, 0.2
_END_SECONDS = 60


def serve(port: int, answering: Callable[[], None] = lambda: None) -> None:
    """Run the three until one of them ends or a signal comes; `answering` is called once the pages answer.

    Raises:
        ServiceEndedError: one of them ended by itself.
    """
    configure_loggers(formatter="colored", log_level="INFO")
    setup_interrupt_handlers()
    target = workspace_opts_to_load_target(WorkspaceOpts(module_name=("orchestration.definitions",)))
    with (
        DagsterInstance.get() as instance,
        ProxyServerManager(instance, target, "warning") as code_servers,
        tempfile.TemporaryDirectory(dir=Path(instance.root_directory)) as folder,
    ):
        workspace_file = Path(folder) / "workspace.yaml"
        workspace_file.write_text(yaml.dump({"load_from": code_servers.get_code_server_specs()}))
        pipes, processes = [], {}
        for name, command in _commands(instance, workspace_file, port).items():
            read_end, write_end = get_ipc_shutdown_pipe()
            command = [sys.executable, *(str(read_end) if part == "PIPE" else part for part in command)]
            processes[name] = open_ipc_subprocess(command, pass_fds=[read_end])
            pipes.append(write_end)
        try:
            with contextlib.suppress(KeyboardInterrupt):  # what ends it on purpose
                _wait(processes, port, answering)
        finally:
            for pipe in pipes:
                send_ipc_shutdown_message(pipe)
            for process in processes.values():
                try:
                    process.wait(timeout=_END_SECONDS)
                except subprocess.TimeoutExpired:
                    process.kill()
                    raise


def _commands(instance: DagsterInstance, workspace_file: Path, port: int) -> dict[str, list[str]]:
    daemon = ["-m", "dagster._daemon", "run", "--log-level", "info", "--shutdown-pipe", "PIPE"]
    daemon += ["--instance-ref", serialize_value(instance.get_ref()), "--workspace", str(workspace_file)]
    return {
        "webserver": ["-m", "orchestration.runs.webserver", str(workspace_file), str(port), "PIPE"],
        "daemon": daemon,
    }


def _wait(processes: Mapping[str, subprocess.Popen[bytes]], port: int, answering: Callable[[], None]) -> None:
    pause, has_answered = threading.Event(), False
    while not pause.wait(_LOOK_SECONDS if has_answered else _FIRST_LOOK_SECONDS):
        if not has_answered and answers(port):
            has_answered = True
            answering()
        for name, process in processes.items():
            code = process.poll()
            if code is not None:
                raise ServiceEndedError(f"Dagster's {name} has ended by itself (exit code {code})")


def answers(port: int) -> bool:
    """Whether a web server answers there, whatever it says: the guard refuses who has no token."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_LOOK_SECONDS)
    try:
        connection.request("GET", "/server_info")
        connection.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True


def say_where() -> None:
    """Say where the pages are, to whoever the command told in the environment; open them where that is wanted."""
    told = json.loads(os.environ.pop(ANNOUNCED))
    with os.fdopen(told["to"], "w", encoding="utf-8") as terminal:
        terminal.write(told["text"])
    if told["open"]:
        webbrowser.open(told["open"])


def main() -> None:
    """Serve at the port of the first argument; what goes wrong is said in a line, as every command says it."""
    try:
        serve(int(sys.argv[1]), say_where if ANNOUNCED in os.environ else lambda: None)
    except FunnelmartError as error:
        sys.stderr.write(f"funnelmart: {error}\n→ {error.next_step}\n")
        sys.exit(error.exit_code)


if __name__ == "__main__":
    main()
