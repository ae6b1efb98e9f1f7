"""Which ports of this machine are free for a server."""

import socket

from orchestration.errors import UsageError

_NEAR = 100


def refuse_taken_port(port: int) -> None:
    """Refuse a port on which another program listens: its pages would be taken for ours, and be given the token.

    Raises:
        UsageError: nothing can listen there; the message names the next port that is free.
    """
    problem = _problem(port)
    if problem is None:
        return
    free = next((other for other in range(port + 1, min(port + _NEAR, 65_536)) if _problem(other) is None), None)
    near = f", such as --port {free}" if free else ""
    raise UsageError(f"--port {port}: {problem.strerror}; expected one that is free{near}") from problem


def _problem(port: int) -> OSError | None:
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the servers do: an ended one is no obstacle
        try:
            trial.bind(("127.0.0.1", port))
        except OSError as error:
            return error
    return None
