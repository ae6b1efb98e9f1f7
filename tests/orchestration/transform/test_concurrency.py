"""Two models at a time where DuckDB alone would leave a core idle, and memory is left should both need it."""

from pathlib import Path

import pytest

from orchestration.settings import Engine, Settings
from orchestration.transform.concurrency import models_at_a_time
from orchestration.transform.memory import give_all

TWO_CORES = Engine(threads=2)


def landed(folder: Path, rows: str, engine: Engine) -> Settings:
    settings = Settings(workspace=folder, company="Acme", engine=engine)
    settings.state_path.mkdir(exist_ok=True)
    (settings.state_path / "raw_rows").write_text(rows)
    return settings


@pytest.mark.parametrize(
    ("rows", "engine", "models"),
    [
        ("60", TWO_CORES, 1),  # the time is dbt's
        ("300000", TWO_CORES, 2),
        ("300000", Engine(threads=1), 1),
        ("300000", Engine(threads=2, memory_limit="4GB"), 1),  # all that the workspace allows: none is left
        ("300000", Engine(threads=2, target="spark"), 1),
        ("47000000", TWO_CORES, 2),
        ("60000000", TWO_CORES, 1),  # never tried
        ("all", TWO_CORES, 1),
    ],
)
def test_models_at_a_time(tmp_path: Path, rows: str, engine: Engine, models: int) -> None:
    assert models_at_a_time(landed(tmp_path, rows, engine)) == models


def test_in_all_memory_there_is_one_at_a_time(tmp_path: Path) -> None:
    settings = landed(tmp_path, "300000", TWO_CORES)
    assert give_all(settings)
    assert models_at_a_time(settings) == 1
