"""`funnelmart explain`, `funnelmart accept` and `run --accept` as people type them."""

import datetime as dt
import json
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from data_checks.history import remember
from data_checks.results import CheckResult
from orchestration.cli.accepted import accepted_tags
from orchestration.errors import SettingsError
from orchestration.extracts.land.layout import bring_up_to_date
from orchestration.runs.runs import accepted_checks
from orchestration.settings import load_settings
from orchestration.transform import build_record
from orchestration.transform.build_record import BuildRecord
from tests.orchestration.cli.test_usage import invoke

NOW = dt.datetime(2025, 6, 30, 6, 0, tzinfo=dt.UTC)
FAILED = CheckResult(
    "leads", "leads_volume", "intermediate.int_leads", "warning", False, 7.5, 1, Decimal("4.2"), "a drop of [crm]",
    [{"source": "crm", "what": "drop", "who": "xxx@xxx.xx"}],
)  # fmt: skip


@pytest.fixture
def acme(tmp_path: Path) -> Path:
    (tmp_path / "funnelmart.yml").write_text("company: Acme\n")
    return tmp_path


def test_explain_shows_rule_limit_history_and_failing_rows(acme: Path) -> None:
    settings = load_settings(acme)
    build_record.save(settings, BuildRecord("r", NOW, NOW.date(), checks=(FAILED,)))
    remember(settings, "r", NOW, [FAILED])

    code, out, _ = invoke("explain", "leads_volume", "-w", str(acme), COLUMNS="200")

    assert code == 0
    for said in (
        "Each source's number of leads of the last 7 days", "5 deviations", "✘ failed: a drop of [crm]",
        "held against 4.2 deviations", "2025-06-30 06:00 UTC", "7.5 deviations, limit 4.2 deviations", "xxx@xxx.xx",
    ):  # fmt: skip
        assert said in out
    assert json.loads(invoke("explain", "leads_volume", "-w", str(acme), "--json")[1])["latest"]["verdict"] == "failed"


def test_accept_takes_what_was_landed_and_names_what_was_where_it_was_not(acme: Path) -> None:
    assert invoke("accept", "sheets", "-w", str(acme))[0] == 2
    with duckdb.connect(str(acme / "warehouse.duckdb")) as warehouse:
        bring_up_to_date(warehouse)
        warehouse.execute(
            "insert into landing.file_columns values (3, 'sheets', 'leads', 'f', 'l.csv', 'Id', null, false)"
        )

    assert json.loads(invoke("accept", "sheets.leads", "-w", str(acme), "--json")[1]) == {"accepted": ["sheets.leads"]}
    code, _, err = invoke("accept", "google_ads", "-w", str(acme))
    assert code == 2
    assert "expected one of sheets.leads" in err
    with duckdb.connect(str(acme / "warehouse.duckdb"), read_only=True) as warehouse:
        known = warehouse.execute("select column_name, since_load_id from landing.known_columns").fetchall()
    assert known == [("Id", 3)]


def test_to_accept_a_check_takes_its_name_and_a_reason() -> None:
    assert accepted_tags(None, None) == {}
    assert accepted_checks(accepted_tags("leads_key", " known ")) == {"leads_key": "known"}
    for check, reason in (("leads_key", None), (None, "known"), ("leads_key", "  ")):
        with pytest.raises(SettingsError, match="belong together"):
            accepted_tags(check, reason)
    with pytest.raises(SettingsError, match="is no check"):
        accepted_tags("leads_kee", "known")
