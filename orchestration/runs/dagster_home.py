"""Where Dagster finds its settings and keeps its history, for every process that funnelmart starts."""

import json
import os
import sys
from pathlib import Path

from orchestration.runs.blank_history import lay_out
from orchestration.runs.broken_history import set_aside_if_broken
from orchestration.settings import Settings
from orchestration.settings.noted import noted

CODE = Path(__file__).resolve().parents[2]
_TEMPLATE = Path(__file__).with_name("dagster.yaml")


def home_path(settings: Settings) -> Path:
    """Dagster's home of the workspace: its settings and its history."""
    return settings.state_path / "dagster"


def use_dagster_home(settings: Settings) -> Path:
    """Point this process and its children to a home in the workspace, which holds settings and history; returns it.

    The code may lie where nobody can write, and Dagster writes into its home.
    """
    home = home_path(settings)
    home.mkdir(parents=True, exist_ok=True)
    damaged = set_aside_if_broken(home)
    if damaged:
        print(damaged, file=sys.stderr)
    lay_out(home)
    said = _TEMPLATE.read_text(encoding="utf-8").replace('"@storage@"', json.dumps(str(home)))
    path = home / "dagster.yaml"
    if noted(path) != said:  # a new version, or the workspace has moved
        aside = path.with_suffix(f".{os.getpid()}")  # another command may be reading it
        aside.write_text(said, encoding="utf-8")
        os.replace(aside, path)
    os.environ["DAGSTER_HOME"] = str(home)
    os.environ.setdefault("DAGSTER_EVENT_BATCH_SIZE", "1000")  # what a run intends is stored at once; see history.py
    os.environ["FUNNELMART_WORKSPACE"] = str(settings.workspace)
    return home
