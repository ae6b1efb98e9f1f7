"""Data Docs beside what a kill or somebody else has left in their folder."""

import datetime as dt
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from data_checks.docs import write_docs
from orchestration.settings import Settings

NOW = dt.datetime(2024, 3, 31, tzinfo=dt.UTC)
LEFT: dict[str, Callable[[Path], object]] = {
    "cut off": lambda path: path.write_text('{"suite": "kp'),
    "empty": lambda path: path.write_text(""),
    "another document": lambda path: path.write_text("[1]"),
    "binary": lambda path: path.write_bytes(b"\xff\xfe"),
    "a folder": Path.mkdir,
    "a named pipe": os.mkfifo,
}


@pytest.mark.parametrize("left", LEFT.values(), ids=list(LEFT))
def test_a_suite_that_can_not_be_read_keeps_no_other_from_being_written(
    tmp_path: Path, left: Callable[[Path], object]
) -> None:
    settings = Settings(workspace=tmp_path, company="Acme")
    folder = tmp_path / "reports" / "data_docs"
    folder.mkdir(parents=True)
    left(folder / "kpis.json")
    (folder / "somebody's own.json").write_text("{")

    index = write_docs(settings, "leads", [], [], NOW)

    assert "leads.html" in index.read_text()
    assert "kpis.html" not in index.read_text()


@pytest.mark.parametrize("number", range(4))
def test_a_kill_before_any_page_is_in_its_place_leaves_whole_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """Each of the four files is written aside: the one that is about to be put there is still that of before."""
    settings = Settings(workspace=tmp_path, company="Acme")
    index = write_docs(settings, "leads", [], [], NOW)
    before = {path.name: path.read_bytes() for path in index.parent.iterdir()}
    real, places = os.replace, list[str]()

    def killed(source: Path, place: Path) -> None:
        places.append(Path(place).name)
        if len(places) > number:
            raise KeyboardInterrupt
        real(source, place)

    monkeypatch.setattr(os, "replace", killed)
    with pytest.raises(KeyboardInterrupt):
        write_docs(settings, "leads", [], [], NOW + dt.timedelta(days=1))

    assert len(before) == 4
    assert (index.parent / places[-1]).read_bytes() == before[places[-1]]
