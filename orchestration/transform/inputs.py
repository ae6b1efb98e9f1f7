"""All that a mart is made from, as one hash: extracts, settings, code, today, and the key of personal data."""

import datetime as dt
import hashlib
import hmac
import importlib.util
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

from orchestration.settings import Settings, person_key
from orchestration.transform.manifest import project_fingerprint

# The packages whose code makes a mart or a document beside it; dbt's own files are hashed with the project.
_PACKAGES = ("orchestration", "data_checks", "kpi_report")
_NOT_CODE = {"__pycache__"}


def inputs_fingerprint(settings: Settings, extracts: str, now: dt.datetime) -> str:
    """Keyed hash (hex) over everything that the published mart and the documents beside it depend on.

    Keyed with the key of personal data: another key gives other hashes of people, and none of it stands in the file.

    Args:
        settings: the workspace; how much of the machine a run may take changes no figure.
        extracts: `extracts_state` of it.
        now: when the run starts (aware), for its reporting day.
    """
    digest = hmac.new(person_key(settings), digestmod=hashlib.sha256)
    said = settings.model_dump_json(exclude={"engine"})
    for part in (said, extracts, settings.today(now).isoformat(), project_fingerprint(settings), _environment()):
        digest.update(f"{len(part)}\0{part}".encode())
    for path in _code():
        digest.update(f"{path}\0{path.stat().st_size}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _environment() -> str:
    """Python and every installed library by name and version, as their folders say it."""
    site = {Path(sysconfig.get_path(name)) for name in ("purelib", "platlib")}
    installed = sorted(path.name for folder in site for path in folder.glob("*.dist-info"))
    return "\n".join([sys.version, *installed])


def _code() -> Iterator[Path]:
    for package in _PACKAGES:
        spec = importlib.util.find_spec(package)
        for folder in spec.submodule_search_locations or () if spec else ():
            yield from sorted(
                path for path in Path(folder).rglob("*") if path.is_file() and not _NOT_CODE.intersection(path.parts)
            )
