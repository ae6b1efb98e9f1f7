"""dbt as a process that ends with the run that started it.

A run killed with SIGKILL can't stop its children: an orphaned dbt would go on writing and keep the warehouse locked for
the next run. The kernel closes the pipe to standard input whatever ends the parent, so that is what this waits for.
"""

import os
import sys
import threading


def _end_with_parent() -> None:
    while os.read(sys.stdin.fileno(), 1):  # unbuffered: a buffer's lock would stop the interpreter from ending
        pass
    os._exit(1)


if __name__ == "__main__":
    threading.Thread(target=_end_with_parent, name="end with parent", daemon=True).start()
    from dbt.cli.main import cli

    cli()
