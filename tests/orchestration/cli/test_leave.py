"""How the process of a command ends."""

import subprocess
import sys

END = """
import atexit, sys
from orchestration.cli import __main__
atexit.register(lambda: print("registered"))
sys.argv[1:] = {arguments}
print("said", end=" ")
__main__.main()
"""


def test_what_is_to_be_done_at_the_end_is_done() -> None:
    for arguments, code in ((["--version"], 0), (["no-such-command"], 2)):
        command = [sys.executable, "-c", END.format(arguments=arguments)]
        ended = subprocess.run(command, capture_output=True, text=True, check=False)

        assert ended.returncode == code, ended.stderr
        assert ended.stdout.startswith("said")
        assert ended.stdout.endswith("registered\n")
