"""Which dbt runs: the one of this environment, where its version is one that dbt_project.yml takes."""

from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import yaml
from packaging.specifiers import SpecifierSet

from orchestration.errors import DbtVersionError

_PARTS = ("dbt-core", "dbt-common", "dbt-adapters", "dbt-duckdb", "dbt-spark")


def installed_dbt() -> str:
    """Version of dbt-core in the environment of this Python; "none" where there is none.

    Read from the package's own record: importing dbt takes seconds, and a `dbt` on the PATH is another's.
    """
    try:
        return version("dbt-core")
    except PackageNotFoundError:
        return "none"


def installed_parts() -> list[str]:
    """The versions of all that dbt is made of: of an adapter come macros, which stand in the manifest, and SQL."""
    found = []
    for name in _PARTS:
        with suppress(PackageNotFoundError):
            found.append(f"{name} {version(name)}")
    return found


def supported_dbt(project: Path) -> SpecifierSet:
    """The versions that the project takes (`require-dbt-version`)."""
    said = yaml.safe_load((project / "dbt_project.yml").read_text(encoding="utf-8"))["require-dbt-version"]
    return SpecifierSet(",".join(said))


def check_dbt(project: Path) -> None:
    """Refuse a dbt that the project was not tried with, before it is started.

    Raises:
        DbtVersionError: none is installed, or one of another version.
    """
    found, supported = installed_dbt(), supported_dbt(project)
    if found == "none" or not supported.contains(found, prereleases=True):
        expected = ",".join(sorted(map(str, supported), reverse=True))
        raise DbtVersionError(f"dbt-core in this environment: {found}; expected {expected}")
