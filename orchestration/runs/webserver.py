"""Dagster's webserver behind the guard: Dagster's own command takes no middleware.

Started by `services` with the code server's workspace file, the port and the end of a pipe that says when to stop.
"""

import logging
import sys

import uvicorn
from dagster import DagsterInstance
from dagster._cli.workspace.cli_target import WorkspaceOpts, workspace_opts_to_load_target
from dagster._core.workspace.context import WorkspaceProcessContext
from dagster._utils.interrupts import setup_interrupt_handlers
from dagster._utils.log import configure_loggers
from dagster_shared.ipc import interrupt_on_ipc_shutdown_message
from dagster_webserver.app import create_app_from_workspace_process_context
from dagster_webserver.version import __version__

from orchestration.runs.guard import Guard, access_of
from orchestration.runs.orderly import OrderlyServer

_POLL_MILLISECONDS = 2000
_STATEMENT_MILLISECONDS, _POOL_SECONDS, _POOL_CONNECTIONS = 15_000, 3600, 20  # Dagster's own defaults


def main() -> None:
    """Serve until the pipe says stop, or a signal."""
    workspace_file, port, shutdown_pipe = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    configure_loggers(formatter="colored", log_level="INFO")
    setup_interrupt_handlers()
    target = workspace_opts_to_load_target(WorkspaceOpts(workspace=(workspace_file,)))
    with interrupt_on_ipc_shutdown_message(shutdown_pipe), DagsterInstance.get() as instance:
        instance.optimize_for_webserver(_STATEMENT_MILLISECONDS, _POOL_SECONDS, _POOL_CONNECTIONS)
        with WorkspaceProcessContext(instance, version=__version__, workspace_load_target=target) as context:
            app = create_app_from_workspace_process_context(context, live_data_poll_rate=_POLL_MILLISECONDS)
            logging.getLogger("dagster-webserver").info(f"Serving dagster-webserver on http://127.0.0.1:{port}")
            guarded = Guard(app, access_of(port))
            OrderlyServer(uvicorn.Config(guarded, host="127.0.0.1", port=port, log_level="warning")).run()


if __name__ == "__main__":
    main()
