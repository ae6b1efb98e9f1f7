"""Models of little data are built in little memory, and in all that is allowed where that is too little."""

from pathlib import Path

import pytest

from orchestration.settings import Engine, Settings
from orchestration.transform.memory import copying_memory, fitting_memory, give_all, lacked, note_size
from orchestration.warehouse import open_warehouse

LACKED = [{"message": "OK"}, {"message": "Runtime Error\n  Out of Memory Error: failed to pin block of size 256.0 KiB"}]


def landed(folder: Path, rows: int, engine: Engine | None = None) -> Settings:
    settings = Settings(workspace=folder, company="Acme", engine=engine or Engine())
    settings.state_path.mkdir(exist_ok=True)
    with open_warehouse(settings.warehouse_path) as warehouse:
        warehouse.execute("create schema if not exists raw_crm")
        warehouse.execute(f"create or replace table raw_crm.leads as select range as id from range({rows})")
        note_size(warehouse, settings)
    return settings


@pytest.mark.parametrize(
    ("rows", "engine", "taken"),
    [
        (100_000, Engine(threads=2), "429MB"),  # two threads of 192 MB, 450 bytes a row
        (3_000_000, Engine(threads=2), "874MB"),  # 20 for each beyond a million
        (200_000_000, Engine(threads=2), "4GB"),  # no more than the default
        (100_000, Engine(threads=2, memory_limit="4GB"), "4GB"),  # what the workspace says counts
        (100_000, Engine(threads=2, target="spark"), "4GB"),
    ],
)
def test_of_little_data_models_take_little_memory(tmp_path: Path, rows: int, engine: Engine, taken: str) -> None:
    assert fitting_memory(Settings(workspace=tmp_path, company="Acme", engine=engine)) == "4GB"  # nothing landed yet
    assert fitting_memory(landed(tmp_path, rows, engine)) == taken


def test_copying_takes_as_much_of_many_rows_as_of_few(tmp_path: Path) -> None:
    assert copying_memory(landed(tmp_path, 100, Engine(threads=2))) == "384MB"
    assert copying_memory(landed(tmp_path, 1_000_000, Engine(threads=2))) == "384MB"
    assert copying_memory(landed(tmp_path, 100, Engine(threads=2, memory_limit="4GB"))) == "4GB"


def test_what_lacked_memory_is_seen_by_what_it_said() -> None:
    assert not lacked(LACKED[:1])
    assert lacked(LACKED)


def test_a_company_that_needs_more_gets_all_from_then_on(tmp_path: Path) -> None:
    settings = landed(tmp_path, 1000, Engine(threads=1))

    assert give_all(settings)
    assert not give_all(settings)  # it had all: there is no more to give
    assert fitting_memory(landed(tmp_path, 1001, Engine(threads=1))) == "4GB"


def test_a_note_of_the_rows_that_is_damaged_counts_as_none_and_is_written_again(tmp_path: Path) -> None:
    settings = landed(tmp_path, 100_000, Engine(threads=2))
    for damage in (b"\xff\xfe", b"", b"\0\0\0", b"9" * 5000):
        (settings.state_path / "raw_rows").write_bytes(damage)
        assert fitting_memory(settings) == "4GB"
        assert fitting_memory(landed(tmp_path, 100_000, Engine(threads=2))) == "429MB"
