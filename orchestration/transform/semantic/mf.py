"""MetricFlow's `mf` on a published mart: the semantic manifest of the last build, tables attached read-only."""

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import yaml

from orchestration.errors import PublishError, SettingsError
from orchestration.settings import Settings
from orchestration.transform.command import dbt_target_path, without_dbt

PROJECT = {"name": "funnelmart", "version": "1.0", "profile": "funnelmart"}


def write_project(folder: Path, semantic_manifest: Path, mart: Path, database: str) -> Path:
    """Write what `mf` needs to find (it looks nowhere else): a dbt project with its target, and a profile.

    Args:
        folder: made where it is missing.
        semantic_manifest: of the build that made the mart.
        mart: DuckDB file with the schema `mart`; only ever read.
        database: name under which the manifest knows that file.
    """
    profile = {
        "type": "duckdb",
        "path": ":memory:",
        "threads": 1,
        "attach": [{"path": str(mart), "alias": database, "read_only": True}],
        "settings": {"TimeZone": "UTC"},
    }
    flags = {"send_anonymous_usage_stats": False}
    (folder / "target").mkdir(parents=True, exist_ok=True)
    (folder / "dbt_project.yml").write_text(yaml.safe_dump({**PROJECT, "flags": flags}))
    (folder / "profiles.yml").write_text(
        yaml.safe_dump({"funnelmart": {"target": "mart", "outputs": {"mart": profile}}})
    )
    shutil.copyfile(semantic_manifest, folder / "target" / "semantic_manifest.json")
    return folder


def published_project(settings: Settings) -> Path:
    """The folder in which `mf` answers from the workspace's published mart.

    Raises:
        PublishError: nothing is published yet.
    """
    manifest = dbt_target_path(settings) / "semantic_manifest.json"
    if not settings.published_path.exists() or not manifest.exists():
        raise PublishError(f"{settings.published_path}: nothing is published yet; expected a `funnelmart run` before")
    folder = settings.state_path / "semantic"
    return write_project(folder, manifest, settings.published_path, settings.warehouse_path.stem)


def run_mf(project: Path, arguments: Sequence[str], capture: bool = False) -> subprocess.CompletedProcess[str]:
    """Run `mf <arguments>`; files it writes (`--csv`) are relative to the current folder.

    Raises:
        SettingsError: dbt-metricflow is not installed.
    """
    if importlib.util.find_spec("dbt_metricflow") is None:
        raise SettingsError("mf: dbt-metricflow is not installed; expected `pip install 'funnelmart[semantic]'`")
    environment = {
        **without_dbt(os.environ),
        "DBT_PROJECT_DIR": str(project),
        "DBT_PROFILES_DIR": str(project),
        "DBT_LOG_PATH": str(project / "logs"),
    }
    # -P: else this folder's modules would stand for others
    command = [sys.executable, "-P", str(Path(__file__).with_name("mf_process.py")), *arguments]
    return subprocess.run(command, env=environment, capture_output=capture, text=True, check=False)
