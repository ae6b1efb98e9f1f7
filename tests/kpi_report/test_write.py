"""The page of the report: whole or not at all, and nothing beside it."""

import os
from pathlib import Path

import pytest

from kpi_report.write import report_path, write_report
from orchestration.errors import PublishError
from orchestration.settings import Settings


def test_what_kills_left_is_removed_and_what_is_being_written_stays(tmp_path: Path) -> None:
    settings = Settings(workspace=tmp_path, company="Acme")
    folder = report_path(settings).parent
    folder.mkdir()
    for name in ("kpi_report.1", "kpi_report.2", "kpi_report.html"):
        (folder / name).write_text("<html>")
    os.utime(folder / "kpi_report.1", (0, 0))

    with pytest.raises(PublishError):  # nothing is published, and the page that is there stays
        write_report(settings)

    assert sorted(path.name for path in folder.iterdir()) == ["kpi_report.2", "kpi_report.html"]
