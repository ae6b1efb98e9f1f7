"""Real exports, not part of the repository: every value of every file lands as Python's own csv module reads it."""

import csv
from pathlib import Path

import pytest

from orchestration.extracts.land import read_rows
from orchestration.extracts.land.land import land_source_table
from orchestration.extracts.read.header import clean_names
from orchestration.extracts.source_specs import ColumnSpec, SourceSpec, TableSpec
from orchestration.extracts.sql import identifier
from tests.orchestration.extracts.conftest import Workspace

ROOT = Path(__file__).resolve().parents[3]
DATA = next((p / "shared" / "data" for p in ROOT.parents if (p / "shared" / "data").is_dir()), None)
# Zero-width spaces, which Python's strip() leaves, are trimmed too.
BLANK = "\u200b\ufeff"
FOLDERS = ["school_crm", "olist_funnel", "touches", "paid_ads_exports", "ad_platforms", "hubspot", "salesforce"]


def trimmed(value: str) -> str:
    return value.strip().strip(BLANK).strip()


@pytest.mark.skipif(DATA is None, reason="the real extracts (../shared/data) are not here")
@pytest.mark.parametrize("folder", FOLDERS)
def test_every_value_of_every_file_lands(workspace: Workspace, monkeypatch: pytest.MonkeyPatch, folder: str) -> None:
    assert DATA is not None
    monkeypatch.setattr(read_rows, "hide_people", lambda *_: None)  # else people stand there as pseudonyms
    for path in sorted((DATA / folder).glob("*.csv")):
        with open(path, encoding="utf-8-sig", newline="") as file:
            header, *records = [record for record in csv.reader(file) if record]
        names = [name for name in clean_names(header) if name]
        columns = tuple(ColumnSpec(name) for name in names)
        table = TableSpec("real", path.stem, files=("*",), columns=columns, required=(names[0],))
        source = SourceSpec("real", "", None, (), None, None, {table.name: table})
        settings = workspace.settings(sources={"real": {"path": str(path)}})
        result = land_source_table(workspace.connection, settings, source, table)
        assert not result.refused, result.refused
        long = sum(len(record) > len(header) for record in records)
        empty = sum(not any(value.strip() for value in record) for record in records)
        assert (result.rows_in, result.rows_refused, result.rows_empty) == (len(records), long, empty), path.name
        selected = ", ".join(f"coalesce({identifier(name)}, '')" for name in names)
        landed = workspace.rows(f"select {selected} from {table.relation} order by _row")
        kept = [r for r in records if len(r) <= len(header) and any(value.strip() for value in r)]
        width = len(names)
        assert landed == [tuple(trimmed(v) for v in [*r, *[""] * width][:width]) for r in kept], path.name
