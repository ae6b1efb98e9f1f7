"""A process that is killed while it lands a file."""

import signal
import subprocess
import sys
from pathlib import Path

_SCRIPT = """
import os, signal, sys
from pathlib import Path
from orchestration.extracts.land import land_file

step, file = sys.argv[2:]
original = getattr(land_file, step)

def killed_at_the_file(*arguments):
    result = original(*arguments)
    if file in str(arguments):
        os.kill(os.getpid(), signal.SIGKILL)
    return result

setattr(land_file, step, killed_at_the_file)
path = Path(sys.argv[1])
"""


def kill_at(step: str, file: str, folder: Path, landing: str) -> None:
    """Run `landing`, Python in which `path` is the folder; kill it once land_file has taken `step` with `file`."""
    command = [sys.executable, "-c", _SCRIPT + landing, str(folder), step, file]
    assert subprocess.run(command, cwd=Path(__file__).parents[4], check=False).returncode == -signal.SIGKILL
