"""Serve the documents of a workspace on 127.0.0.1, for the links in the UI: browsers follow no file:// from a page.

Started by `funnelmart ui`; ends when its standard input closes, which happens when that process ends, however it ends.
"""

import os
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from orchestration.errors import FunnelmartError
from orchestration.runs.guard import App, Guard, access_of

_FIRST = "kpi_report.html"


def start(folder: Path, port: int) -> tuple[subprocess.Popen[str], str]:
    """Start the server in a process of its own; returns it and its address.

    `port` is a wish: where it is taken, another one is used.

    Raises:
        FunnelmartError: the server did not start.
    """
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "orchestration.runs.reports_server", str(folder), str(port)]
    server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    address = server.stdout.readline().strip() if server.stdout else ""
    if not address:
        raise FunnelmartError(f"the server of {folder} did not start")
    return server, address


def documents(folder: Path) -> App:
    """The application that serves the files below a folder: no link out of it is followed, no folder is listed."""
    from starlette.applications import Starlette  # here: who only starts the server needs none of it
    from starlette.responses import RedirectResponse
    from starlette.routing import Mount, Route
    from starlette.staticfiles import StaticFiles

    async def first(request: Any) -> RedirectResponse:
        return RedirectResponse(f"/{_FIRST}")

    files = StaticFiles(directory=folder, html=True, follow_symlink=False)
    return Starlette(routes=[Route("/", first), Mount("/", files)])


def main() -> None:
    """Serve the folder of the first argument, at the port of the second if it is free."""
    import uvicorn

    from orchestration.runs.orderly import OrderlyServer

    folder, port = Path(sys.argv[1]), int(sys.argv[2])
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(("127.0.0.1", port))
    except (OSError, OverflowError):  # taken, or beyond the last that there is
        listening.bind(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    server = OrderlyServer(uvicorn.Config(Guard(documents(folder), access_of(port)), log_level="critical"))

    def end_with_the_starter() -> None:
        while os.read(sys.stdin.fileno(), 1):  # not by `sys.stdin`, whose lock Python wants when it ends
            pass
        server.should_exit = True

    threading.Thread(target=end_with_the_starter, daemon=True).start()
    listening.listen()
    print(f"http://127.0.0.1:{port}", flush=True)
    server.run(sockets=[listening])


if __name__ == "__main__":
    main()
