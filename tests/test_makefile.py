"""`make` says which Pythons it takes before it installs anything."""

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def python(folder: Path, name: str, version: str) -> Path:
    """A command that says it is that Python, and writes down what else it was asked to do."""
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(
        "#!/bin/sh\n"
        f'if [ "$1" = --version ]; then echo "Python {version}"; exit; fi\n'
        f'echo "$@" >> "{folder / "asked"}"; exit 7\n'
    )
    path.chmod(0o755)
    return path


def make(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run make on a bare copy of what it needs, with no Python on the PATH but those of `folder`."""
    checkout = folder / "checkout"
    checkout.mkdir()
    for name in ("Makefile", "pyproject.toml", "requirements.lock"):
        shutil.copyfile(ROOT / name, checkout / name)
    commands = folder / "commands"
    commands.mkdir(exist_ok=True)
    for name in ("make", "sh", "sed"):
        (commands / name).symlink_to(str(shutil.which(name)))
    return subprocess.run(
        [str(commands / "make"), *arguments], cwd=checkout, env={"PATH": str(commands)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("version", ["3.10.13", "3.14.0", "2.7.18"])
def test_another_python_is_refused_before_anything_is_installed(tmp_path: Path, version: str) -> None:
    python(tmp_path / "commands", "python3", version)

    done = make(tmp_path, "run")

    assert done.returncode != 0
    short = ".".join(version.split(".")[:2])
    assert f"one of Python 3.11 3.12 3.13; python3 is {short}. Name one: make run PYTHON=python3.13" in done.stderr
    assert "Found here" not in done.stderr
    assert not (tmp_path / "commands" / "asked").exists()
    assert not (tmp_path / "checkout" / ".venv").exists()


def test_one_that_is_there_is_named(tmp_path: Path) -> None:
    python(tmp_path / "commands", "python3", "3.14.0")
    python(tmp_path / "commands", "python3.12", "3.12.9")

    assert "Found here: make test PYTHON=python3.12\n" in make(tmp_path, "test").stderr


def test_a_name_that_is_no_python_is_refused_too(tmp_path: Path) -> None:
    assert "python3.99 is no Python" in make(tmp_path, "run", "PYTHON=python3.99").stderr


@pytest.mark.parametrize("version", ["3.11.2", "3.12.9", "3.13.0"])
def test_a_python_that_is_taken_makes_the_environment(tmp_path: Path, version: str) -> None:
    fake = python(tmp_path / "commands", "python3", version)

    make(tmp_path, "run")

    assert (fake.parent / "asked").read_text() == "-m venv .venv\n"


def test_the_versions_are_those_of_the_package() -> None:
    required = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["requires-python"]
    (taken,) = re.findall(r"call takes,([\d. ]+),.*run\)", (ROOT / "Makefile").read_text(encoding="utf-8"))

    assert required == ">=3.11,<3.14"
    assert taken.split() == ["3.11", "3.12", "3.13"]
