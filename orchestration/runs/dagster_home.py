"""Where Dagster finds its settings and keeps its history, for every process that funnelmart starts."""

import os
from pathlib import Path

from orchestration.settings import Settings

HOME = Path(__file__).resolve().parents[2]


def use_dagster_home(settings: Settings) -> None:
    """Point this process and its children to dagster.yaml beside the code and to the history of this workspace."""
    storage = settings.state_path / "dagster"
    storage.mkdir(parents=True, exist_ok=True)
    os.environ["DAGSTER_HOME"] = str(HOME)
    os.environ["FUNNELMART_DAGSTER_STORAGE"] = str(storage)
    os.environ["FUNNELMART_WORKSPACE"] = str(settings.workspace)
