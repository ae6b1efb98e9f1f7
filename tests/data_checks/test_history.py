"""Each check's history: what is kept, what a killed run may leave, what people see of it."""

import datetime as dt
import re
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from data_checks import history
from data_checks.history import Past, history_path, history_text, recent, remember
from data_checks.results import CheckResult
from data_checks.run import run_suites
from orchestration.settings import Settings

MONDAY = dt.datetime(2025, 6, 30, 8, 0, tzinfo=dt.timezone(dt.timedelta(hours=2)))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(workspace=tmp_path, company="Acme")


def verdict(success: bool = True, observed: float | None = 1.5, accepted: str | None = None) -> CheckResult:
    return CheckResult(
        "leads", "leads_volume", "t", "critical", success, observed, 0, Decimal(3), "", accepted_because=accepted
    )


def test_verdicts_of_several_runs_stand_in_their_order(settings: Settings) -> None:
    assert recent(settings) == {}
    remember(settings, "r1", MONDAY, [verdict()])
    remember(settings, "r2", MONDAY + dt.timedelta(days=1), [verdict(False, None, "known gap")])

    assert recent(settings) == {
        "leads_volume": [
            Past("r1", "2025-06-30T06:00:00", "passed", 1.5, 3.0, "critical"),
            Past("r2", "2025-07-01T06:00:00", "failed", None, 3.0, "critical", "known gap"),
        ]
    }
    assert [past.run_id for past in recent(settings, shown=1)["leads_volume"]] == ["r2"]


def test_a_step_that_ran_twice_in_a_run_counts_once(settings: Settings) -> None:
    for success in (False, True):
        remember(settings, "r1", MONDAY, [verdict(success)])
    assert [past.verdict for past in recent(settings)["leads_volume"]] == ["passed"]


def test_a_torn_line_costs_only_itself(settings: Settings) -> None:
    remember(settings, "r1", MONDAY, [verdict()])
    with history_path(settings).open("a") as file:
        file.write('{"run_id": "r2", "che')
    remember(settings, "r3", MONDAY, [verdict()])
    assert [past.run_id for past in recent(settings)["leads_volume"]] == ["r1", "r3"]


def test_the_older_half_goes_where_it_grows_too_large(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(4):
        remember(settings, f"r{number}", MONDAY, [verdict()])
    monkeypatch.setattr(history, "_LARGEST", 100)
    remember(settings, "r4", MONDAY, [verdict()])
    assert re.findall(r'"run_id": "(\w+)"', history_text(settings)) == ["r2", "r3", "r4"]


def test_data_docs_show_the_verdicts_of_before(workspace: Path) -> None:
    settings = Settings(workspace=workspace, company="Acme")
    failed = CheckResult("leads", "leads_key", "t", "critical", False, 2, 2, None, "", accepted_because="<b>known</b>")
    remember(settings, "r1", MONDAY, [failed])
    with duckdb.connect(str(settings.warehouse_path)) as warehouse:
        warehouse.execute("update intermediate.int_leads set lead_key = 'crm:L0' where lead_key = 'crm:L1'")
    run_suites(["leads"], settings, accepted={"leads_key": "still the gap of <May>"})

    page = (workspace / "reports" / "data_docs" / "leads.html").read_text()
    title = "2025-06-30T06:00:00 UTC: failed, 2, accepted: &lt;b&gt;known&lt;/b&gt;"
    assert f'<span class="failed" title="{title}">' in page
    assert "Published in spite of it: still the gap of &lt;May&gt;" in page
