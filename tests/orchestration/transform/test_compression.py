"""Texts of little data are stored as they are."""

from pathlib import Path

from orchestration.settings import Settings
from orchestration.transform.command import OF_THE_BUILD, dbt_environment
from orchestration.transform.compression import unused_compression
from orchestration.transform.memory import give_all
from tests.orchestration.transform.test_memory import landed


def test_texts_of_little_data_are_not_compressed(tmp_path: Path) -> None:
    assert unused_compression(Settings(workspace=tmp_path, company="Acme")) == "dict_fsst"  # nothing landed yet
    assert unused_compression(landed(tmp_path, 2_000_000)) == "dict_fsst,fsst,dictionary,bitpacking"
    assert unused_compression(landed(tmp_path, 2_000_001)) == "dict_fsst"


def test_where_memory_was_too_little_texts_are_compressed(tmp_path: Path) -> None:
    settings = landed(tmp_path, 1000)
    assert give_all(settings)
    assert unused_compression(settings) == "dict_fsst"


def test_dbt_is_told_what_has_landed_since_it_started(tmp_path: Path) -> None:
    told = dbt_environment(landed(tmp_path, 1000))
    assert told["FUNNELMART_UNUSED_COMPRESSION"] == "dict_fsst,fsst,dictionary,bitpacking"
    assert {"FUNNELMART_UNUSED_COMPRESSION", "FUNNELMART_MEMORY_LIMIT"} == set(OF_THE_BUILD)
