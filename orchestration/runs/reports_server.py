"""Serve the documents of a workspace on 127.0.0.1, for the links in the UI: browsers follow no file:// from a page.

Started by `funnelmart ui`; ends when its standard input closes, which happens when that process ends, however it ends.
"""

import functools
import http.server
import subprocess
import sys
import threading
from pathlib import Path

from orchestration.errors import FunnelmartError


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


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Requests are of no interest."""


def main() -> None:
    """Serve the folder of the first argument, at the port of the second if it is free."""
    folder, port = sys.argv[1], int(sys.argv[2])
    handler = functools.partial(_Quiet, directory=folder)
    try:
        server = http.server.ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError:
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f"http://127.0.0.1:{server.server_port}", flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
