"""Parquet beside the mart: complete, of one publication, and going back with a rollback."""

import os
from pathlib import Path

import duckdb
import pytest

from orchestration.errors import PublishError
from orchestration.publish import parquet, rollback
from orchestration.publish.parquet import parquet_path
from orchestration.settings import Publish, Settings
from tests.orchestration.publish.conftest import publish_leads, published_leads


@pytest.fixture
def with_parquet(settings: Settings) -> Settings:
    return settings.model_copy(update={"publish": Publish(keep=3, parquet=True)})


def leads(folder: Path) -> int:
    (total,) = duckdb.sql(f"select sum(leads) from '{folder / 'mart' / 'kpi_total.parquet'}'").fetchone()
    return total


def folders(settings: Settings) -> list[str]:
    return [name for name in os.listdir(settings.published_path.parent) if name.startswith(".parquet-")]


def test_every_table_is_a_file(with_parquet: Settings) -> None:
    publish_leads(with_parquet, "run1", [10, 12])

    files = {str(path.relative_to(parquet_path(with_parquet))) for path in parquet_path(with_parquet).glob("*/*")}
    own = ("run", "checks", "check_history", "sources", "tables", "relationships")
    assert files == {"mart/kpi_total.parquet", *(f"_meta/{table}.parquet" for table in own)}
    assert leads(parquet_path(with_parquet)) == 22


def test_an_open_folder_stays_whole_through_the_next_publication(with_parquet: Settings) -> None:
    publish_leads(with_parquet, "run1", [10, 12])
    opened = parquet_path(with_parquet).resolve()

    publish_leads(with_parquet, "run2", [30])

    assert (leads(opened), leads(parquet_path(with_parquet))) == (22, 30)
    publish_leads(with_parquet, "run3", [40])
    assert len(folders(with_parquet)) == 2  # the newest and the one before


def test_a_rollback_takes_the_files_along(with_parquet: Settings) -> None:
    publish_leads(with_parquet, "run1", [10, 12])
    publish_leads(with_parquet, "run2", [30])

    rollback(with_parquet)

    assert (published_leads(with_parquet), leads(parquet_path(with_parquet))) == (22, 22)


def test_what_cannot_be_written_leaves_mart_and_files_as_they_were(
    with_parquet: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_leads(with_parquet, "run1", [10, 12])

    def full(path: Path) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(parquet.calls, "flush", full)
    with pytest.raises(PublishError, match=r"published/parquet: .* no space left on device"):
        publish_leads(with_parquet, "run2", [30])

    assert (published_leads(with_parquet), leads(parquet_path(with_parquet))) == (22, 22)
    assert len(folders(with_parquet)) == 1
    assert [name for name in os.listdir(with_parquet.published_path.parent) if name.startswith(".mart-")] == []


def test_files_go_when_the_workspace_wants_none_any_more(with_parquet: Settings) -> None:
    publish_leads(with_parquet, "run1", [10, 12])

    without = with_parquet.model_copy(update={"publish": Publish(keep=3)})
    publish_leads(without, "run2", [30])

    assert sorted(os.listdir(without.published_path.parent)) == ["funnelmart.duckdb", "history"]


def test_a_folder_in_the_place_of_the_link_is_found_before_the_swap(with_parquet: Settings) -> None:
    publish_leads(with_parquet, "run1", [10, 12])
    parquet_path(with_parquet).unlink()
    parquet_path(with_parquet).mkdir()

    with pytest.raises(PublishError, match="published/parquet: expected nothing or a link"):
        publish_leads(with_parquet, "run2", [30])

    assert published_leads(with_parquet) == 22
