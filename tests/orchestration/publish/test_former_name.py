"""A workspace whose mart was published as `mart.duckdb`: read there until a publication under the new name succeeds."""

import datetime as dt
import os
from pathlib import Path

import pytest

from orchestration.errors import ChecksFailedError
from orchestration.publish import RunInfo, kept_marts, publish, rollback
from orchestration.settings import Settings
from orchestration.views.reader import open_published
from tests.orchestration.publish.conftest import DESCRIPTIONS, PASSED, STARTED, fill, publish_leads, verdict


def leads(settings: Settings) -> int:
    with open_published(settings) as mart:
        ((found,),) = mart.execute("select sum(leads) from kpi_total").fetchall()
    return int(found)


def runs(settings: Settings) -> list[str]:
    return [entry.run_id for entry in kept_marts(settings)]


def files(settings: Settings) -> list[str]:
    return sorted(os.listdir(settings.publish_path.parent))


@pytest.fixture
def former(settings: Settings) -> Settings:
    """Two publications (1 lead, then 2), under the names of before."""
    for run, count in (("run1", 1), ("run2", 2)):
        publish_leads(settings, run, [count])
    settings.publish_path.rename(settings.former_path)
    for entry in kept_marts(settings):
        entry.path.rename(entry.path.with_name(entry.name.removeprefix("funnel")))
    assert [path.name[:5] for path in (settings.former_path.parent / "history").glob("*.duckdb")] == ["mart-"]
    return settings


def test_it_is_what_every_command_reads(former: Settings) -> None:
    assert former.published_path == former.former_path
    assert leads(former) == 2
    assert runs(former) == ["run1"]


def test_the_first_publication_moves_it_with_its_history_and_says_so(
    former: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    published = publish_leads(former, "run3", [3])

    assert published.moved_from == former.former_path
    assert f"point BI connections to {former.publish_path}" in capsys.readouterr().out
    assert files(former) == ["funnelmart.duckdb", "history"]
    assert {name.partition("-")[0] for name in os.listdir(former.publish_path.parent / "history")} == {
        "funnelmart", "log.jsonl"
    }  # fmt: skip
    assert (leads(former), runs(former)) == (3, ["run1", "run2"])
    assert publish_leads(former, "run4", [4]).moved_from is None


def test_the_way_back_leads_over_the_move(former: Settings) -> None:
    old_name = kept_marts(former)[0].name
    publish_leads(former, "run3", [3])

    assert (rollback(former).run_id, leads(former)) == ("run2", 2)
    assert (rollback(former).run_id, leads(former)) == ("run1", 1)
    assert (rollback(former, "run3").run_id, leads(former)) == ("run3", 3)
    assert (rollback(former, old_name).run_id, leads(former)) == ("run1", 1)
    assert files(former) == ["funnelmart.duckdb", "history"]


def test_a_publication_that_a_check_stops_leaves_it_where_it_is(former: Settings) -> None:
    before = former.former_path.read_bytes()
    fill(former, [99])

    with pytest.raises(ChecksFailedError):
        publish(
            former,
            RunInfo("run3", STARTED, dt.date(2024, 3, 31), "0.1.0"),
            [*PASSED, verdict(success=False)],
            DESCRIPTIONS,
        )

    assert former.former_path.read_bytes() == before
    assert files(former) == ["history", "mart.duckdb"]
    assert leads(former) == 2


def test_a_rollback_before_stays_under_the_name_that_readers_know(former: Settings) -> None:
    rollback(former)

    assert files(former) == ["history", "mart.duckdb"]
    assert (leads(former), runs(former)) == (1, ["run1", "run2"])


def test_a_run_killed_in_the_middle_of_the_move_loses_nothing(
    former: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> Path | None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("orchestration.publish.place.remove_former", killed)
        with pytest.raises(KeyboardInterrupt):
            publish_leads(former, "run3", [3])
    assert leads(former) == 3

    publish_leads(former, "run4", [4])

    assert files(former) == ["funnelmart.duckdb", "history"]
    assert (leads(former), runs(former)) == (4, ["run1", "run2", "run3"])
