"""Accepted extracts are kept, and the raw tables come back from them with their loads."""

import json
import stat
from pathlib import Path

import pytest
import zstandard

from orchestration.errors import ArchiveError
from orchestration.extracts.find import archive
from orchestration.extracts.land import land, land_file
from orchestration.extracts.land.archive_index import named_copies, note_loads, read_indexes
from orchestration.extracts.land.rebuild import Rebuilt, rebuild
from orchestration.extracts.sources import load_sources
from orchestration.settings import Settings
from orchestration.warehouse import open_warehouse
from tests.orchestration.extracts.conftest import Workspace, stats

LEADS = "lead_id,created_at,email,full_name\n"
ANN, BOB = "L1,2024-03-01,ann@example.com,Ann Lee\n", "L2,2024-03-02,bob@example.com,Bob Roe\n"
SHEET = {"files": "extracts/leads*.csv", "replace_by": "key"}


def copies(workspace: Workspace) -> list[Path]:
    return sorted((workspace.path / "archive").glob("??/*"))


def whole(copy: Path) -> bytes:
    return zstandard.ZstdDecompressor().stream_reader(copy.open("rb")).read()


def settings_of(workspace: Workspace, **more: object) -> Settings:
    return workspace.settings(sources={"sheets": [{"entity": "leads", **SHEET}]}, **more)


def landed(connection: object) -> dict[str, list[tuple[object, ...]]]:
    """Raw rows and manifest, all columns but when and as what a file was read."""
    tables = ("raw_sheets.leads", "landing.files", "landing.new_columns")
    return {
        table: sorted(connection.execute(f"select * from {table}").fetchall(), key=repr)  # type: ignore[attr-defined]
        for table in tables
    }


def again(workspace: Workspace, name: str = "again.duckdb", **options: bool) -> tuple[dict[str, object], Rebuilt]:
    with open_warehouse(workspace.path / name) as connection:
        result = rebuild(connection, settings_of(workspace), load_sources(), **options)
        return landed(connection), result


def test_the_raw_tables_come_back_with_their_loads_though_the_extracts_are_gone(workspace: Workspace) -> None:
    file = workspace.write("extracts/leads_1.csv", LEADS + ANN + BOB)
    workspace.land("leads", SHEET)
    workspace.write("extracts/leads_1.csv", LEADS + ANN.replace("Ann Lee", "Ann Poe"))  # restates one of two
    workspace.write("extracts/leads_2.csv", LEADS.replace("\n", ",note\n") + "L3,2024-03-03,,,new column\n")
    workspace.land("leads", SHEET)
    before = landed(workspace.connection)
    assert [len(rows) for rows in before.values()] == [3, 3, 1]
    file.unlink()

    after, result = again(workspace)

    assert after == before
    assert (result.loads, result.notes) == (3, [])


@pytest.mark.parametrize(("step", "landed_before"), [("record_load", 1), ("_drop_temporary", 2)])
def test_what_a_killed_landing_had_landed_comes_back_though_the_extracts_are_gone(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, step: str, landed_before: int
) -> None:
    files = [workspace.write(f"extracts/leads_{n}.csv", LEADS + row) for n, row in ((1, ANN), (2, BOB), (3, ANN))]
    original, left = getattr(land_file, step), 1

    def killed(*arguments: object) -> None:
        nonlocal left
        if not left:
            raise KeyboardInterrupt
        left -= 1
        original(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(land_file, step, killed)
        with pytest.raises(KeyboardInterrupt):
            workspace.land("leads", SHEET)
    before = landed(workspace.connection)
    for file in files:
        file.unlink()

    after, result = again(workspace)

    assert len(before["landing.files"]) == landed_before == result.loads
    assert after == before


def test_half_a_line_of_the_journal_is_no_load(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = workspace.path / "archive" / "loads" / "sheets.leads.journal"
    workspace.write("extracts/leads_1.csv", LEADS + ANN)
    with monkeypatch.context() as patch:
        patch.setattr(land, "write_index", lambda *_: None)  # killed before the landing came to its end
        workspace.land("leads", SHEET)
        whole_line = journal.read_text()
        journal.write_text(whole_line + whole_line[: len(whole_line) // 2])
        assert again(workspace)[1].loads == 1
        workspace.write("extracts/leads_2.csv", LEADS + BOB)
        workspace.land("leads", SHEET)
    assert again(workspace, "third.duckdb")[1].loads == 2
    workspace.land("leads", SHEET)
    assert not journal.exists()
    assert again(workspace, "fourth.duckdb")[1].loads == 2


def test_a_load_that_was_not_committed_gives_its_number_to_another_table(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace.write("extracts/leads_1.csv", LEADS + ANN)
    with monkeypatch.context() as patch:
        patch.setattr(land, "note_loads", lambda *said: (note_loads(*said), killed()))
        with pytest.raises(KeyboardInterrupt):
            workspace.land("leads", SHEET)
    workspace.write("extracts/deals.csv", "deal_id,closed_at\nD1,2024-03-01\n")
    workspace.land("deals", {"files": "extracts/deals.csv"})
    loads = [load for index in read_indexes(settings_of(workspace)) for load in index["loads"]]
    assert [(load["load_id"], load["file"]) for load in loads] == [(1, "extracts/deals.csv")]


def killed() -> None:
    raise KeyboardInterrupt


def test_a_copy_is_compressed_named_by_its_content_and_the_owners_alone(workspace: Workspace) -> None:
    text = LEADS + "".join(ANN.replace("L1", f"L{n}") for n in range(1000))
    workspace.write("extracts/leads_1.csv", text)
    workspace.write("extracts/leads_2.csv", text)
    workspace.land("leads", SHEET)

    (path,) = copies(workspace)
    ((fingerprint,),) = workspace.rows("select distinct fingerprint from landing.files")
    assert path == workspace.path / "archive" / fingerprint[:2] / f"{fingerprint}.zst"
    assert path.stat().st_size < len(text) / 5
    assert whole(path) == text.encode()
    modes = {stat.S_IMODE(p.stat().st_mode) for p in (path, *(workspace.path / "archive" / "loads").iterdir())}
    assert modes == {0o600}
    folders = (workspace.path / "archive", path.parent, workspace.path / "archive" / "loads")
    assert {stat.S_IMODE(p.stat().st_mode) for p in folders} == {0o700}


def test_what_is_refused_is_not_kept(workspace: Workspace) -> None:
    workspace.write("extracts/leads_1.csv", "nothing,of,it\n1,2,3\n")
    assert workspace.land("leads", SHEET).refused
    assert copies(workspace) == []


def test_a_missing_or_damaged_copy_is_named_and_nothing_is_made(workspace: Workspace) -> None:
    for number, row in ((1, ANN), (2, BOB)):
        workspace.write(f"extracts/leads_{number}.csv", LEADS + row)
    workspace.land("leads", SHEET)
    copy = next(path for path in copies(workspace) if b"Bob" in whole(path))
    copy.write_bytes(zstandard.compress(b"something else"))
    with pytest.raises(ArchiveError, match=r"leads_2.csv \(load 2\): .* its content is not what its name says"):
        again(workspace, "damaged.duckdb")
    copy.unlink()
    with pytest.raises(ArchiveError, match=r"no copies of 1 extract whose rows count: \S*leads_2.csv \(load 2\)"):
        again(workspace, "missing.duckdb")
    after, result = again(workspace, "without.duckdb", without_missing=True)
    assert len(after["raw_sheets.leads"]) == 1
    (note,) = result.notes
    assert note == "1 extract is left out, since the archive has no copy: extracts/leads_2.csv (load 2)"


def test_an_extract_that_is_gone_is_read_again_as_the_settings_say_now(workspace: Workspace) -> None:
    workspace.write("extracts/leads_1.csv", LEADS + ANN)
    workspace.write("extracts/leads_2.csv", LEADS + BOB)
    workspace.land("leads", SHEET)
    (workspace.path / "extracts" / "leads_1.csv").unlink()

    result = workspace.land("leads", SHEET | {"constants": {"country": "DE"}})

    assert workspace.rows("select lead_id, country, _load_id from raw_sheets.leads order by 1") == [
        ("L1", "DE", 1),
        ("L2", "DE", 2),
    ]
    assert "1 extract that is gone was read again from the archive: extracts/leads_1.csv" in result.notes


def test_a_file_landed_before_there_was_an_archive_gets_its_copy(workspace: Workspace) -> None:
    workspace.write("extracts/leads_1.csv", LEADS + ANN)
    workspace.land("leads", SHEET)
    copies(workspace)[0].unlink()
    assert workspace.land("leads", SHEET).unchanged == ["extracts/leads_1.csv"]
    assert len(copies(workspace)) == 1


def test_copies_leave_when_nothing_names_them_or_their_time_is_over(workspace: Workspace) -> None:
    for text in (ANN, BOB):  # the second content of the file replaces the first
        workspace.write("extracts/leads_1.csv", LEADS + text)
        workspace.land("leads", SHEET)
    (workspace.path / "archive" / "ab").mkdir()
    for name in ("left.part", "0" * 64 + ".zst"):
        (workspace.path / "archive" / "ab" / name).write_bytes(b"")
    named = named_copies(workspace.connection)
    assert len(named) == 2
    assert len(archive.prune(settings_of(workspace), named)) == 2
    assert len(copies(workspace)) == 2
    assert len(archive.prune(settings_of(workspace, archive={"keep_days": 0}), named)) == 2


def test_no_archive_where_none_is_wanted(workspace: Workspace) -> None:
    workspace.write("extracts/ads/stats.csv", "account,date,campaign,spend\nA,2024-01-01,x,1\n")
    workspace.land_table(stats(), more={"archive": {"keep_days": 0}})
    assert not (workspace.path / "archive").exists()


def test_an_archive_that_cannot_be_written_is_a_note(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(archive, "write", refuse)
    workspace.write("extracts/leads_1.csv", LEADS + ANN)
    result = workspace.land("leads", SHEET)
    assert result.rows_landed == 1
    assert result.notes == ["extracts/leads_1.csv: no copy in the archive: [Errno 13] Permission denied"]


def test_the_index_is_the_manifest(workspace: Workspace) -> None:
    workspace.write("extracts/leads_1.csv", LEADS + ANN)
    workspace.land("leads", SHEET)
    index = json.loads((workspace.path / "archive" / "loads" / "sheets.leads.json").read_text())
    assert [(load["load_id"], load["file"]) for load in index["loads"]] == [(1, "extracts/leads_1.csv")]


def test_half_of_a_copy_never_gets_the_name_of_one(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever ends its writing: what is landed is in the archive, to its end."""

    def out_of_memory(source: Path, target: Path, stopped: object = None) -> None:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(b"half")
        raise MemoryError("no memory to pack it")

    workspace.write("extracts/leads_1.csv", LEADS + ANN)
    with monkeypatch.context() as patch:
        patch.setattr(archive, "write", out_of_memory)
        refused = workspace.land("leads", SHEET).refused
    assert list(refused) == ["extracts/leads_1.csv"]
    assert copies(workspace) == []
    assert workspace.connection.execute("select count(*) from raw_sheets.leads").fetchall() == [(0,)]

    assert workspace.land("leads", SHEET).refused == {}
    assert [whole(copy).decode() for copy in copies(workspace)] == [LEADS + ANN]
