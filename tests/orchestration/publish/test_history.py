"""The kept marts and the way back to them."""

import datetime as dt
import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import duckdb
import pytest

from orchestration.errors import PublishError, SettingsError
from orchestration.publish import kept_marts, rollback
from orchestration.settings import Settings
from tests.orchestration.publish.conftest import publish_leads, published_leads


def test_the_replaced_mart_is_kept(settings: Settings) -> None:
    publish_leads(settings, "run1", [1])
    published = publish_leads(settings, "run2", [2])

    assert [entry.run_id for entry in kept_marts(settings)] == ["run1"]
    assert published.previous == kept_marts(settings)[0].path


def test_only_the_newest_are_kept(settings: Settings) -> None:
    for number in range(6):
        publish_leads(settings, f"run{number}", [number])

    assert [entry.run_id for entry in kept_marts(settings)] == ["run2", "run3", "run4"]


def test_rollback_goes_one_further_back_each_time_and_forward_by_name(settings: Settings) -> None:
    for number in range(1, 4):
        publish_leads(settings, f"run{number}", [number])

    assert rollback(settings).run_id == "run2"
    assert published_leads(settings) == 2
    assert rollback(settings).run_id == "run1"
    assert published_leads(settings) == 1
    assert rollback(settings, "run3").run_id == "run3"
    assert published_leads(settings) == 3


def test_rollback_past_the_oldest_is_refused(settings: Settings) -> None:
    publish_leads(settings, "run1", [1])

    with pytest.raises(PublishError, match="no mart older"):
        rollback(settings)
    assert published_leads(settings) == 1


def test_rollback_to_an_unknown_name_lists_what_there_is(settings: Settings) -> None:
    publish_leads(settings, "run1", [1])
    publish_leads(settings, "run2", [2])

    with pytest.raises(SettingsError, match="run1"):
        rollback(settings, "run9")


def test_publications_and_rollbacks_are_recorded(settings: Settings) -> None:
    publish_leads(settings, "run1", [1])
    publish_leads(settings, "run2", [2])
    rollback(settings)

    log = (settings.published_path.parent / "history" / "log.jsonl").read_text().splitlines()
    assert [json.loads(line)["action"] for line in log] == ["publish", "publish", "rollback"]


def test_a_rollback_publishes_the_file_byte_for_byte(settings: Settings) -> None:
    publish_leads(settings, "run1", [1])
    first = settings.published_path.read_bytes()
    publish_leads(settings, "run2", [2])

    rollback(settings)

    assert settings.published_path.read_bytes() == first


class In2020(dt.datetime):
    """A clock that somebody has set back."""

    @classmethod
    def now(cls, tz: dt.tzinfo | None = None) -> dt.datetime:
        return dt.datetime(2020, 1, 1, tzinfo=tz)


def test_the_order_is_that_of_the_log_not_of_the_clock(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(1, 4):
        publish_leads(settings, f"run{number}", [number])
    with monkeypatch.context() as patch:
        patch.setattr("orchestration.publish.aside.dt", SimpleNamespace(datetime=In2020, UTC=dt.UTC))
        publish_leads(settings, "run4", [4])

    assert rollback(settings).run_id == "run3"
    assert rollback(settings, "run4").run_id == "run4"
    publish_leads(settings, "run5", [5])
    publish_leads(settings, "run6", [6])
    assert [entry.run_id for entry in kept_marts(settings)] == ["run3", "run4", "run5"]
    assert rollback(settings).run_id == "run5"


def test_a_log_that_takes_no_line_is_found_before_the_swap(settings: Settings) -> None:
    publish_leads(settings, "run1", [1])
    before = settings.published_path.read_bytes()
    log = settings.published_path.parent / "history" / "log.jsonl"
    log.unlink()
    log.mkdir()

    with pytest.raises(PublishError, match=r"log\.jsonl"):
        publish_leads(settings, "run2", [2])

    assert settings.published_path.read_bytes() == before


def test_a_line_that_a_killed_run_cut_off_is_entered_again(settings: Settings) -> None:
    publish_leads(settings, "run1", [1])
    publish_leads(settings, "run2", [2])
    log = settings.published_path.parent / "history" / "log.jsonl"
    first, second = log.read_text().splitlines()
    log.write_text(f"{first}\n{second[:20]}")

    publish_leads(settings, "run3", [3])

    assert rollback(settings).run_id == "run2"
    whole = [json.loads(line) for line in log.read_text().splitlines() if line != second[:20]]
    assert [line["action"] for line in whole] == ["publish", "recovered", "publish", "rollback"]


def flipped(mart: Path) -> None:
    """Change one byte of each block but the headers, as a bad disk may."""
    data = bytearray(mart.read_bytes())
    for place in range(3 * 4096 + 100, len(data), 4096):
        data[place] ^= 0xFF
    mart.unlink()  # the live one may be the same file
    mart.write_bytes(data)


DAMAGE: dict[str, Callable[[Path], object]] = {
    "cut off": lambda mart: os.truncate(mart, mart.stat().st_size // 2),
    "empty": lambda mart: os.truncate(mart, 0),
    "other bytes": flipped,
    "no mart": lambda mart: (mart.unlink(), duckdb.connect(str(mart)).close()),
    "a folder": lambda mart: (mart.unlink(), mart.mkdir()),
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=list(DAMAGE))
def test_a_damaged_mart_is_not_published_again(settings: Settings, damage: Callable[[Path], object]) -> None:
    publish_leads(settings, "run1", [1])
    publish_leads(settings, "run2", [2])
    (kept,) = kept_marts(settings)
    damage(kept.path)
    before = settings.published_path.read_bytes()

    with pytest.raises(PublishError, match=re.escape(str(kept.path))) as caught:
        rollback(settings)

    assert settings.published_path.read_bytes() == before
    assert "rollback --list" in caught.value.next_step
    assert [path.name for path in settings.published_path.parent.glob(".mart-*")] == []


def test_what_somebody_else_lays_among_the_kept_marts_is_none_and_stays(settings: Settings) -> None:
    publish_leads(settings, "run1", [1])
    own = settings.published_path.parent / "history" / "funnelmart-before the move.duckdb"
    own.write_bytes(settings.published_path.read_bytes())
    for number in range(2, 7):
        publish_leads(settings, f"run{number}", [number])

    assert [entry.run_id for entry in kept_marts(settings)] == ["run3", "run4", "run5"]
    assert rollback(settings).run_id == "run5"
    assert own.exists()


def test_the_way_back_from_a_mart_that_was_damaged_in_its_place(settings: Settings) -> None:
    for number in (1, 2):
        publish_leads(settings, f"run{number}", [number])
    with pytest.raises(SettingsError):
        rollback(settings, "run9")  # by now the live one has its name in the history, too
    settings.published_path.write_bytes(b"somebody's write")

    assert rollback(settings).run_id == "run1"
    assert published_leads(settings) == 1
