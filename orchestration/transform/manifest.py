"""The manifest of a workspace's dbt project: what it was made from, and whether it is so still."""

import hashlib
import json
from pathlib import Path

from orchestration.extracts.sources import DBT_PROJECT
from orchestration.settings import Settings
from orchestration.transform import parsed
from orchestration.transform.command import dbt_vars, manifest_path
from orchestration.transform.dbt import run_dbt, serving
from orchestration.transform.dbt_version import installed_parts

CODE = Path(__file__).parent

# What dbt itself keeps of a project that it has read; the manifest is said to be whole together with it.
PARSED = "partial_parse.msgpack"


def project_fingerprint(settings: Settings) -> str:
    """Hash of all that the manifest, and what is kept beside it, depend on: the project, where it lies, variables, the
    warehouse's name, dbt and its adapters, and the code here that draws its conclusions from them.

    Within a run it is that of what the run's dbt has loaded.
    """
    process = serving.get(settings.workspace)
    return process.fingerprint if process else fingerprint_now(settings)


def fingerprint_now(settings: Settings) -> str:
    """The same, of the files as they are now."""
    name = settings.warehouse_path.name
    said = [dbt_vars(settings), name, str(DBT_PROJECT), installed_parts(), settings.engine.target]
    digest = hashlib.sha256(json.dumps(said).encode())
    for folder, kinds in ((DBT_PROJECT, {".sql", ".yml", ".csv", ".md"}), (CODE, {".py"})):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix in kinds and "target" not in path.parts:
                digest.update(path.relative_to(folder).as_posix().encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()


def prepare_manifest(settings: Settings) -> Path:
    """Path of the workspace's `manifest.json`, parsed again only where something it depends on has changed."""
    process = serving.get(settings.workspace)
    if process:
        return process.manifest()
    manifest, _ = manifest_files(settings)
    fingerprint = project_fingerprint(settings)
    if not is_current(settings, fingerprint):
        run_dbt(settings, ["parse"])
        mark_current(settings, fingerprint)
    return manifest


def manifest_files(settings: Settings) -> tuple[Path, Path]:
    """Paths of the manifest, and of the fingerprint of what it was made from."""
    manifest = manifest_path(settings)
    return manifest, manifest.with_suffix(".fingerprint")


def is_current(settings: Settings, fingerprint: str) -> bool:
    """Whether the manifest that lies there was made from what `fingerprint` says, and is whole.

    Where it was not, another workspace's may be, and is copied. Else nothing is left that dbt might build upon: it
    misses changes of a project that lies elsewhere now.
    """
    manifest, stamp = manifest_files(settings)
    if manifest.exists() and stamp.exists() and stamp.read_bytes() == _stamp(manifest, fingerprint):
        return True
    # First what says that it is whole: a reading that is killed by half may have written one file of it and not both.
    stamp.unlink(missing_ok=True)
    (manifest.parent / PARSED).unlink(missing_ok=True)
    if not parsed.fetch(manifest.parent, fingerprint):
        return False
    stamp.write_bytes(_stamp(manifest, fingerprint))
    return True


def mark_current(settings: Settings, fingerprint: str) -> None:
    """Note that the manifest was just made from what `fingerprint` says, and keep it for other workspaces."""
    manifest, stamp = manifest_files(settings)
    stamp.write_bytes(_stamp(manifest, fingerprint))
    parsed.keep(manifest.parent, fingerprint)


def _stamp(manifest: Path, fingerprint: str) -> bytes:
    parsed_too = manifest.with_name(PARSED)
    read = manifest.read_bytes() + (parsed_too.read_bytes() if parsed_too.exists() else b"")
    return f"{fingerprint} {hashlib.sha256(read).hexdigest()}".encode()
