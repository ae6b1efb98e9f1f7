"""How the process of a command ends, also where nobody can or will read what it says."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

END = """
import atexit, sys
from orchestration.cli import __main__
atexit.register(lambda: print("registered"))
sys.argv[1:] = {arguments}
print("said", end=" ")
__main__.main()
"""
COMMAND = [sys.executable, "-m", "orchestration.cli"]


def test_what_is_to_be_done_at_the_end_is_done() -> None:
    for arguments, code in ((["--version"], 0), (["no-such-command"], 2)):
        command = [sys.executable, "-c", END.format(arguments=arguments)]
        ended = subprocess.run(command, capture_output=True, text=True, check=False)

        assert ended.returncode == code, ended.stderr
        assert ended.stdout.startswith("said")
        assert ended.stdout.endswith("registered\n")


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["status", "--json", "-w", "no-such-folder"]])
def test_where_nothing_can_be_written_one_sentence_says_so(arguments: list[str], unbuffered: str) -> None:
    environment = {**os.environ, "PYTHONUNBUFFERED": unbuffered}
    with open("/dev/full", "w") as full:
        ended = subprocess.run(
            [*COMMAND, *arguments], stdout=full, stderr=subprocess.PIPE, env=environment, text=True, check=False
        )

    assert ended.stderr == "funnelmart: standard output can't be written to: No space left on device\n"
    assert ended.returncode in (1, 2)  # 2 where the command ended with that by itself


@pytest.mark.parametrize("arguments", [["--version"], ["--help"]])
def test_who_has_read_enough_is_told_nothing(arguments: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    ended = subprocess.run([*COMMAND, *arguments], stdout=writing, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writing)

    assert (ended.stderr, ended.returncode) == ("", 1)


def test_without_a_standard_output(tmp_path: Path) -> None:
    command = [*COMMAND, "status", "--json", "-w", str(tmp_path)]
    ended = subprocess.run(["sh", "-c", '"$@" >&-', "sh", *command], capture_output=True, text=True, check=False)

    assert ended.stderr == "funnelmart: standard output can't be written to: Bad file descriptor\n"
    assert ended.returncode == 2  # of the command itself, which found no workspace


def test_an_error_stream_that_is_full_changes_nothing(tmp_path: Path) -> None:
    with open("/dev/full", "w") as full:
        ended = subprocess.run([*COMMAND, "no-such-command"], stdout=subprocess.PIPE, stderr=full, check=False)

    assert (ended.stdout, ended.returncode) == (b"", 2)


def test_what_is_done_is_no_failure_because_nobody_could_be_told() -> None:
    """As of a run that has published: its exit code is 0 whatever became of its summary."""
    done = "import sys\nfrom orchestration.cli import __main__, outlet\n{}\n__main__.main()"
    app = "def app():\n    {}print('published')\n    sys.stdout.flush()\n    return 0\n__main__.app = app"
    codes = []
    for before in ("", "outlet.work_is_done(); "):
        with open("/dev/full", "w") as full:
            command = [sys.executable, "-c", done.format(app.format(before))]
            ended = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
        assert ended.stderr == "funnelmart: standard output can't be written to: No space left on device\n"
        codes.append(ended.returncode)

    assert codes == [1, 0]


def test_a_run_goes_on_where_its_progress_can_not_be_shown(tmp_path: Path) -> None:
    log = f"Path({str(tmp_path / 'log')!r})"
    work = "terminal.write('progress'); terminal.flush(); print('goes on')"
    imports = "from pathlib import Path\nfrom orchestration.cli.quiet import quiet"
    script = f"{imports}\nwith quiet({log}) as terminal:\n    {work}"
    with open("/dev/full", "w") as full:
        ended = subprocess.run([sys.executable, "-c", script], stdout=full, stderr=subprocess.PIPE, check=False)

    assert (ended.stderr, ended.returncode) == (b"", 0)
    assert (tmp_path / "log").read_text() == "goes on\n"


@pytest.mark.parametrize("encoding", ["latin-1", "ascii:surrogateescape"])  # the other is that of LC_ALL=C
def test_a_character_that_the_terminal_lacks_is_a_question_mark(tmp_path: Path, encoding: str) -> None:
    acme = tmp_path / "a\u2192b"
    acme.mkdir()
    (acme / "funnelmart.yml").write_text("company: Acme\n")
    environment = {**os.environ, "PYTHONIOENCODING": encoding}
    ended = subprocess.run(
        [*COMMAND, "validate", "-w", str(acme)], capture_output=True, env=environment, text=True, check=False
    )

    assert (ended.returncode, ended.stderr) == (0, "")
    assert "a?b" in ended.stdout.replace("\n", "")
