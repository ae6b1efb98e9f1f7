"""What acceptance tests share: a workspace is run as a user runs it, and its published mart is asked."""

import csv
import subprocess
import sys
from pathlib import Path
from typing import Any

from orchestration.settings import load_settings
from orchestration.views.reader import open_published


class Published:
    """The mart of a workspace that has just been run."""

    def __init__(self, workspace: Path) -> None:
        command = [sys.executable, "-m", "orchestration.cli", "run", "-w", str(workspace), "--json"]
        run = subprocess.run(command, capture_output=True, text=True)
        assert run.returncode == 0, run.stdout[-3000:] + run.stderr[-3000:]
        self.settings = load_settings(workspace)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Rows of a query on the published mart."""
        with open_published(self.settings) as connection:
            return connection.execute(query).fetchall()

    def one(self, query: str) -> tuple[Any, ...]:
        """The only row of a query on the published mart."""
        rows = self.rows(query)
        assert len(rows) == 1, rows
        return rows[0]


def read(path: Path) -> list[dict[str, str]]:
    """Rows of a CSV file as plain Python reads them."""
    with path.open(newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))
