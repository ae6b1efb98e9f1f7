"""What `funnelmart ui` becomes: the code server, the daemon and the guarded webserver, ended together.

It is `dagster dev` but for the webserver, which is the project's own entry (`webserver`).
"""

import contextlib
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from pathlib import Path

import yaml
from dagster import DagsterInstance
from dagster._cli.proxy_server_manager import ProxyServerManager
from dagster._cli.workspace.cli_target import WorkspaceOpts, workspace_opts_to_load_target
from dagster._utils.interrupts import setup_interrupt_handlers
from dagster._utils.log import configure_loggers
from dagster_shared.ipc import get_ipc_shutdown_pipe, open_ipc_subprocess, send_ipc_shutdown_message
from dagster_shared.serdes import serialize_value

from orchestration.errors import FunnelmartError

_LOOK_SECONDS = 2
_END_SECONDS = 60


def serve(port: int) -> None:
    """Run the three until one of them ends or a signal comes.

    Raises:
        FunnelmartError: one of them ended by itself.
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
                _wait(processes)
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


def _wait(processes: Mapping[str, subprocess.Popen[bytes]]) -> None:
    pause = threading.Event()
    while not pause.wait(_LOOK_SECONDS):
        for name, process in processes.items():
            code = process.poll()
            if code is not None:
                raise FunnelmartError(f"Dagster's {name} has ended by itself (exit code {code})")


if __name__ == "__main__":
    serve(int(sys.argv[1]))
