"""`forget`, `key rotate` and `rebuild` on a landed workspace: what they change, what they leave, what they say."""

import json
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from orchestration.cli.app import app
from orchestration.cli.commands import COMMANDS
from orchestration.errors import SettingsError
from orchestration.extracts.land.land import land_source_table
from orchestration.extracts.sources import SHEETS, load_sources
from orchestration.settings import load_settings, person_key
from orchestration.warehouse import open_warehouse
from tests.minimal_workspace import LEADS, make_workspace

ANN = "ann@example.com"
KEYS = "select lead_id, email, email_hash, _load_id from raw_sheets.leads order by 1"


assert {"forget", "key", "rebuild"} <= COMMANDS.keys()  # registers them


def call(*arguments: str, code: int = 0, **environment: str) -> str:
    result = CliRunner().invoke(app, list(arguments), env=environment)
    assert result.exit_code == code, result.output
    return result.output


def land(folder: Path) -> None:
    settings, sheets = load_settings(folder), load_sources()[SHEETS]
    with open_warehouse(settings.warehouse_path) as connection:
        for entity in ("leads", "deals", "ad_spend"):
            land_source_table(connection, settings, sheets, sheets.tables[entity])


def rows(folder: Path) -> list[tuple[object, ...]]:
    with open_warehouse(folder / "warehouse.duckdb", read_only=True) as connection:
        return connection.execute(KEYS).fetchall()


@pytest.fixture
def acme(tmp_path: Path) -> Path:
    folder = make_workspace(tmp_path / "acme")
    land(folder)
    return folder


def test_forget_leaves_no_value_in_any_file_but_the_extract_that_it_names(acme: Path) -> None:
    before = rows(acme)

    said = json.loads(call("forget", ANN, "--no-run", "--json", "-w", str(acme)))

    assert said["rows"] == {"raw_sheets.leads": 1}
    assert said["extracts_that_name_them"] == [str(acme / "extracts" / "leads.csv")]
    assert [row[2:] for row in rows(acme)] == [row[2:] for row in before]
    assert [row[1] for row in rows(acme)] == [None, *(row[1] for row in before[1:])]
    naming = [path for path in acme.rglob("*") if path.is_file() and ANN.encode() in path.read_bytes()]
    assert naming == [acme / "extracts" / "leads.csv"]
    assert (acme / "warehouse.duckdb").stat().st_mode & 0o777 == 0o600


def test_rotating_the_key_makes_other_hashes_and_reads_no_file_again(acme: Path) -> None:
    before, key = rows(acme), person_key(load_settings(acme))
    call("forget", ANN, "--no-run", "-w", str(acme))

    assert "2 hashes are made anew" in call("key", "rotate", "--no-run", "-w", str(acme))

    after = rows(acme)
    assert person_key(load_settings(acme)) != key
    assert [new[2] == old[2] for new, old in zip(after, before, strict=True)] == [True, False, False]
    land(acme)
    assert rows(acme) == after
    with open_warehouse(acme / "warehouse.duckdb", read_only=True) as connection:
        loaded = connection.execute("select count(distinct loaded_at), count(*) from landing.files").fetchone()
    assert loaded == (3, 3)


def test_whoever_was_forgotten_stays_so_under_the_next_key(acme: Path) -> None:
    hash_ = rows(acme)[0][2]
    call("forget", ANN, "--no-run", "-w", str(acme))
    call("key", "rotate", "--no-run", "-w", str(acme))
    (acme / "extracts" / "leads_2.csv").write_text(LEADS.replace("L1", "L9").split("L2")[0])
    land(acme)
    assert rows(acme)[-1][:3] == ("L9", None, hash_)


@pytest.mark.parametrize("lacks", ["first_name", "first_name_hash", "contact_email"])
def test_a_working_database_of_an_older_version_lacks_columns_of_people(acme: Path, lacks: str) -> None:
    with open_warehouse(acme / "warehouse.duckdb") as connection:
        connection.execute(f"alter table raw_sheets.leads drop column if exists {lacks}")
        connection.execute(f"alter table raw_sheets.deals drop column if exists {lacks}")
    before = rows(acme)

    assert "1 row" in call("forget", ANN, "--no-run", "-w", str(acme))
    assert "2 hashes are made anew" in call("key", "rotate", "--no-run", "-w", str(acme))

    assert [new[2] == old[2] for new, old in zip(rows(acme), before, strict=True)] == [True, False, False]


def test_a_rotation_that_was_stopped_is_finished_by_the_next(acme: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from orchestration.cli import people

    for step in ("rotate", "pack_warehouse", "end_rotation"):
        with monkeypatch.context() as patch:
            patch.setattr(people, step, lambda *_: 1 / 0)
            CliRunner().invoke(app, ["key", "rotate", "--no-run", "-w", str(acme)])
        with pytest.raises(SettingsError, match="was interrupted; finish it: funnelmart key rotate"):
            person_key(load_settings(acme))
    call("key", "rotate", "--no-run", "-w", str(acme))
    hashes = [row[2] for row in rows(acme)]
    land(acme)
    assert [row[2] for row in rows(acme)] == hashes


def test_a_key_of_the_environment_is_rotated_to_the_one_that_is_named(tmp_path: Path) -> None:
    folder, old, new = make_workspace(tmp_path / "acme"), "o" * 32, "n" * 32
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FUNNELMART_PERSON_KEY", old)
        land(folder)
        said = call("key", "rotate", "-w", str(folder), code=2)
        assert "expected the new one in FUNNELMART_NEXT_PERSON_KEY" in said
        said = call("key", "rotate", "-w", str(folder), FUNNELMART_NEXT_PERSON_KEY=new)
        assert "Now let FUNNELMART_PERSON_KEY be what FUNNELMART_NEXT_PERSON_KEY is" in said
        patch.setenv("FUNNELMART_PERSON_KEY", new)
        assert person_key(load_settings(folder)) == new.encode()


def test_a_damaged_warehouse_comes_back_from_the_archive(acme: Path) -> None:
    before = rows(acme)
    for file in (acme / "extracts").iterdir():
        file.write_text("other content now\n")
    (acme / "warehouse.duckdb").write_bytes(b"\0" * 4096)

    said = json.loads(call("rebuild", "--no-run", "--json", "-w", str(acme)))

    assert said == {"loads": 3, "rows": 8, "notes": []}
    assert rows(acme) == before
    assert sorted(path.name for path in acme.glob("warehouse*")) == ["warehouse.duckdb"]


def test_without_an_archive_the_warehouse_stays_as_it_is(acme: Path) -> None:
    for path in (acme / "archive" / "loads").iterdir():
        path.unlink()
    before = (acme / "warehouse.duckdb").read_bytes()
    assert "no archive" in call("rebuild", "-w", str(acme), code=1)
    assert (acme / "warehouse.duckdb").read_bytes() == before


def test_a_mart_that_names_somebody_is_written_anew(tmp_path: Path) -> None:
    from orchestration.extracts.type.erased import Eraser
    from orchestration.publish.erase import erase_mart

    mart = tmp_path / "funnelmart-20240101T000000.000000Z-a.duckdb"
    with duckdb.connect(str(mart)) as connection:
        connection.execute("create schema mart; create table mart.t (id integer, reason varchar)")
        connection.execute(f"insert into mart.t values (1, 'wrote to {ANN}'), (2, 'wrote to jo{ANN}'), (3, null)")
        connection.execute("comment on column mart.t.reason is 'Why.'; create view mart.v as select * from mart.t")
    assert not erase_mart(mart, Eraser({"bob@example.com": "b"}))
    assert erase_mart(mart, Eraser({ANN: "a"}))
    with duckdb.connect(str(mart), read_only=True) as connection:
        assert connection.execute("from mart.v order by id").fetchall() == [
            (1, "wrote to forgotten:a"),
            (2, f"wrote to jo{ANN}"),
            (3, None),
        ]
        assert connection.execute("select comment from duckdb_columns() where column_name = 'reason'").fetchone()
    assert mart.read_bytes().count(ANN.encode()) == 1
    assert list(tmp_path.iterdir()) == [mart]
