"""Somebody is forgotten: their values are nowhere, their rows count as before, later extracts bring nothing back."""

import json
import os
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from orchestration.errors import SettingsError
from orchestration.extracts.land.forget_person import Erased, forget_person
from orchestration.extracts.land.rebuild import rebuild
from orchestration.extracts.sources import load_sources
from orchestration.settings.forgotten import read_forgotten
from orchestration.warehouse import open_warehouse
from tests.orchestration.extracts.conftest import SOURCES, Workspace

FIELDS = ("lead_id", "created_at", "email", "phone", "full_name", "disqualified_reason")
ANN = ("L1", "2024-03-01", "Ann@Example.com", "+49 170 1234567", "Ann Lee", "call Ann Lee, ann@example.com")
SAME = ("L2", "2024-03-02", "", "+491701234567", "Ann Lee", "")  # the same telephone: the same person
OTHER = ("L3", "2024-03-03", "joann@example.com", "+49 30 1234", "Ann Lee", "wrote to ann@example.com")
VALUES = ("ann@example.com", "+49 170 1234567", "+491701234567", "170 1234567", "1701234567")
SHEET = {"files": "extracts/leads*", "replace_by": "key"}


def as_csv(*rows: tuple[str, ...]) -> str:
    return "".join(",".join(f'"{value}"' for value in row) + "\n" for row in (FIELDS, *rows))


def forget(workspace: Workspace, who: str = "ann@example.com") -> Erased:
    settings = workspace.settings(sources={"sheets": [{"entity": "leads", **SHEET}]})
    return forget_person(workspace.connection, settings, load_sources(), who)


def found(workspace: Workspace) -> list[str]:
    """Where the person still stands: tables of the warehouse, copies of the archive."""
    tables = workspace.connection.execute(
        "select schema_name || '.' || table_name from duckdb_tables() where not internal and not temporary"
    ).fetchall()
    places = []
    for (table,) in tables:
        text = str(workspace.connection.execute(f"from {table}").fetchall()).lower()
        places += [table for value in VALUES if value in text.replace("joann@example.com", "")]
    for path in (workspace.path / "archive").rglob("*.zst"):
        text = zstandard.ZstdDecompressor().stream_reader(path.open("rb")).read().decode("utf-8", "replace").lower()
        places += [path.name for value in VALUES if value in text.replace("joann@example.com", "")]
    return places


COUNTED = "select lead_id, email_hash, phone_hash, full_name_hash, _load_id from raw_sheets.leads order by 1"


@pytest.fixture
def landed(workspace: Workspace) -> Workspace:
    workspace.write("extracts/leads.csv", as_csv(ANN, SAME, OTHER))
    workspace.land("leads", SHEET)
    assert set(found(workspace)) >= {"raw_sheets.leads"}
    return workspace


@pytest.mark.parametrize("who", ["ANN@example.com ", "+49 170 1234567", "L1"])
def test_values_leave_and_rows_with_their_hashes_stay(landed: Workspace, who: str) -> None:
    before = landed.rows(COUNTED)
    result = forget(landed, who)
    assert found(landed) == []
    assert landed.rows(COUNTED) == before
    assert landed.rows("select email, phone, full_name from raw_sheets.leads order by lead_id") == [
        (None, None, None),
        (None, None, None),
        ("joann@example.com", "+49 30 1234", None),  # a name beside the person's address may be theirs
    ]
    ((said,),) = landed.rows("select disqualified_reason from raw_sheets.leads where lead_id = 'L3'")
    assert said == f"wrote to person-{before[0][1][:16]}"
    assert (result.rows, result.copies, result.removed) == ({"raw_sheets.leads": 3}, 1, [])
    assert result.files == {"extracts/leads.csv"}


def test_later_extracts_bring_nothing_back_and_count_once(landed: Workspace) -> None:
    before = landed.rows(COUNTED)
    forget(landed)
    landed.write("extracts/leads_2.csv", as_csv((*ANN[:5], "asked again: ann@example.com")))
    assert landed.land("leads", SHEET).rows_landed == 1
    (landed.path / "extracts" / "leads_2.csv").unlink()
    assert [(row[0], *row[1:4]) for row in landed.rows(COUNTED)] == [row[:4] for row in before]
    assert [place for place in found(landed) if "." not in place or place.startswith("raw_")] == []
    assert landed.rows("select email, disqualified_reason from raw_sheets.leads where lead_id = 'L1'") == [
        (None, f"asked again: person-{before[0][1][:16]}")
    ]


def test_the_archive_without_the_person_gives_the_same_rows_again(landed: Workspace) -> None:
    forget(landed)
    rows = "select * exclude (_row_hash) from raw_sheets.leads order by lead_id"
    before = landed.rows(rows), landed.rows("from landing.files")
    settings = landed.settings(sources={"sheets": [{"entity": "leads", **SHEET}]})
    with open_warehouse(landed.path / "again.duckdb") as connection:
        rebuild(connection, settings, SOURCES)
        again = Workspace(landed.path, connection)
        assert (again.rows(rows), again.rows("from landing.files")) == before
    assert len(list((landed.path / "archive").glob("??/*"))) == 1


def test_an_address_in_a_url_leaves_the_archive_and_the_same_rows_come_back(workspace: Workspace) -> None:
    """It stayed in the copies: `ann%40example.com` was no address to them."""
    rows = (
        "lead_id,created_at,email,landing_page",
        "L1,2024-03-01,Ann+1@example.com,/p?mail=ann%2B1%40example.com&x=1",
        "L2,2024-03-02,bob@example.com,/p?mail=Ann+1%40example.com",
        "L3,2024-03-03,joann+1@example.com,/p?mail=joann%2B1%40example.com",
    )
    workspace.write("extracts/leads.csv", "\n".join(rows) + "\n")
    workspace.land("leads", SHEET)
    assert forget(workspace, "ann+1@example.com").copies == 1
    (copy,) = (workspace.path / "archive").glob("??/*.zst")
    text = zstandard.ZstdDecompressor().stream_reader(copy.open("rb")).read().decode().lower()
    assert "ann+1%40" not in text
    assert text.count("ann%2b1%40") == text.count("joann%2b1%40") == 1
    landed = "select lead_id, email_hash, landing_page from raw_sheets.leads order by 1"
    settings = workspace.settings(sources={"sheets": [{"entity": "leads", **SHEET}]})
    with open_warehouse(workspace.path / "again.duckdb") as connection:
        rebuild(connection, settings, SOURCES)
        assert Workspace(workspace.path, connection).rows(landed) == workspace.rows(landed)


def write_parquet(path: Path) -> None:
    columns = zip(FIELDS, zip(ANN, SAME, OTHER, strict=True), strict=True)
    pq.write_table(pa.table({name: pa.array(values, pa.string()) for name, values in columns}), path)


def write_workbook(path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (FIELDS, ANN, (*SAME[:2], ANN[2], 491701234567, *SAME[4:]), OTHER):
        book.active.append(row)
    book.save(path)


def write_json(path: Path) -> None:
    rows = [dict(zip(FIELDS, row, strict=True)) for row in (ANN, SAME, OTHER)]
    path.write_text("\n".join(map(json.dumps, rows)))


@pytest.mark.parametrize(
    ("name", "write"), [("leads.parquet", write_parquet), ("leads.xlsx", write_workbook), ("leads.jsonl", write_json)]
)
def test_copies_of_other_formats_are_written_again_too(workspace: Workspace, name: str, write: object) -> None:
    (workspace.path / "extracts").mkdir()
    write(workspace.path / "extracts" / name)  # type: ignore[operator]
    workspace.land("leads", SHEET)
    assert forget(workspace).removed == []
    before = workspace.rows(COUNTED)
    settings = workspace.settings(sources={"sheets": [{"entity": "leads", **SHEET}]})
    with open_warehouse(workspace.path / "again.duckdb") as connection:
        rebuild(connection, settings, SOURCES)
        again = Workspace(workspace.path, connection)
        assert again.rows(COUNTED) == before
        assert found(again) == []


def test_the_same_again_finishes_what_was_stopped_before_the_old_copies_went(
    landed: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("orchestration.extracts.land.forget_person.write_index", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            forget(landed)
    assert found(landed) != []
    forget(landed)
    assert found(landed) == []


def test_the_list_holds_hashes_only(landed: Workspace) -> None:
    forget(landed)
    said = (landed.path / ".funnelmart" / "forgotten.json").read_text()
    assert not any(value in said.lower() for value in VALUES)
    assert len(read_forgotten(landed.settings()).all_hashes()) == 2


def test_without_the_key_of_the_list_nothing_is_landed_that_would_bring_somebody_back(landed: Workspace) -> None:
    forget(landed)
    for name in ("person.key", "person.fingerprint"):  # as the message of a lost key says
        (landed.path / ".funnelmart" / name).unlink()
    landed.write("extracts/leads_2.csv", as_csv(ANN))
    with pytest.raises(SettingsError, match=r"forgotten\.json: who was forgotten can't be told any more"):
        landed.land("leads", SHEET)
    assert found(landed) == []
    (landed.path / ".funnelmart" / "forgotten.json").unlink()
    landed.land("leads", SHEET)
    assert found(landed) != []


def test_a_pipe_in_the_place_of_the_list_is_not_waited_for(landed: Workspace) -> None:
    os.mkfifo(landed.path / ".funnelmart" / "forgotten.json")
    with pytest.raises(SettingsError, match=r"is damaged \(it is no regular file\)"):
        read_forgotten(landed.settings())
