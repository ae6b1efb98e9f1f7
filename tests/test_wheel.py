"""A wheel holds all that the code reads: an installed package has no checkout beside it."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("orchestration", "data_checks", "demo", "benchmarks", "kpi_report", "dbt_project")


@pytest.fixture(scope="module")
def files() -> list[str]:
    """What belongs to the packages, as git knows it: nothing that a run has left in the checkout."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", *PACKAGES]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split("\0")
    return sorted(name for name in listed if name and (ROOT / name).is_file() and Path(name).name != ".gitkeep")


@pytest.fixture(scope="module")
def wheel(files: list[str], tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """The wheel of a copy of the checkout in which runs have left their traces."""
    copy = tmp_path_factory.mktemp("wheel") / "funnelmart"
    for name in [*files, "pyproject.toml", "README.md"]:
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, copy / name)
    for name in (
        "dbt_project/target/compiled/stale.sql",
        "demo/extracts/hubspot/contact.csv",
        "dbt_project/logs/a.yml",
    ):
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        (copy / name).write_text("left by a run")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", "dist", "."]
    built = subprocess.run(command, cwd=copy, check=False, capture_output=True, text=True)
    assert built.returncode == 0, built.stderr
    (path,) = (copy / "dist").glob("funnelmart-*.whl")
    return zipfile.ZipFile(path)


def test_every_file_of_the_packages_is_in_it_and_nothing_that_a_run_left(
    wheel: zipfile.ZipFile, files: list[str]
) -> None:
    held = {name for name in wheel.namelist() if not name.split("/")[0].endswith(".dist-info")}

    assert sorted(set(files) - held) == []
    assert sorted(held - set(files)) == []


def test_files_that_steps_look_for_by_path_are_among_them(wheel: zipfile.ZipFile) -> None:
    """The list above comes from git; this one from what an installed command opens first."""
    assert {
        "dbt_project/dbt_project.yml",
        "dbt_project/profiles.yml",
        "dbt_project/seeds/alignment_rules.csv",
        "orchestration/runs/dagster.yaml",
        "orchestration/add_source/synonyms.yml",
        "orchestration/new_workspace/gitignore",
        "orchestration/new_workspace/funnelmart.yml.template",
        "orchestration/new_workspace/example/leads.csv",
        "demo/funnelmart.yml",
        "data_checks/templates/index.j2",
        "kpi_report/static/js/main.js",
        "kpi_report/locale/ru.yml",
    } <= set(wheel.namelist())


def test_it_installs_the_command(wheel: zipfile.ZipFile) -> None:
    (entry_points,) = (name for name in wheel.namelist() if name.endswith("entry_points.txt"))

    assert "funnelmart = orchestration.cli.__main__:main" in wheel.read(entry_points).decode()
