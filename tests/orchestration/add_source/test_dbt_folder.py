"""`add-source --dbt`: a folder of staging models that lands, builds and passes its own unit tests."""

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

import orchestration.add_source.add_folder
import orchestration.extracts.sources
import orchestration.transform.command
import orchestration.transform.manifest
from orchestration.extracts.land.land import land_source_table
from orchestration.extracts.land.land_settings import land_settings
from orchestration.extracts.land.raw_tables import ensure_table
from orchestration.extracts.sources import DBT_PROJECT, entity_sources, load_sources
from orchestration.extracts.sources_page import sources_page
from orchestration.settings import load_settings
from orchestration.transform.command import dbt_target_path
from orchestration.transform.dbt import run_dbt
from orchestration.warehouse import open_warehouse
from tests.dbt_project.conftest import outcomes
from tests.dbt_project.staging.conftest import NOON
from tests.orchestration.add_source.conftest import Company

CRM = """\
Number;Created;E-mail;Source;Stage;Total (EUR);Closed
1;01.03.2024 09:00;ann@example.com;Google;Paid;1.250,50;05.03.2024
2;02.03.2024 10:30;bob@example.com;Referral;New;;
Total;;;;;1.250,50;
"""
COSTS = "Month,Cost type,Amount\n2024-03,tools,99.00\n2024-04,tools,99.00\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the dbt project to write into."""
    copy = tmp_path / "dbt_project"
    shutil.copytree(DBT_PROJECT, copy, ignore=shutil.ignore_patterns("target", "logs"))
    monkeypatch.setattr(orchestration.add_source.add_folder, "DBT_PROJECT", copy)
    for module in (orchestration.transform.command, orchestration.transform.manifest):
        monkeypatch.setattr(module, "DBT_PROJECT", copy)
    monkeypatch.setattr(orchestration.extracts.sources, "load_sources", lambda: load_sources(copy))
    return copy


def test_the_folder_is_all_that_a_run_needs(company: Company, project: Path) -> None:
    """One file that is leads and deals, one of costs: three models of two raw tables."""
    company.write("desk/crm_2024-03.csv", CRM)
    company.write("desk/costs.csv", COSTS)

    done = company.add(str(company.folder / "extracts" / "desk"), "--name", "desk", "--dbt")

    registry, settings = load_sources(project), load_settings(company.folder)
    assert done["models"] == str(project / "models" / "staging" / "desk")
    assert [(one["entity"], one["rows_read"], one["rows_refused"]) for one in done["added"]] == [
        ("marketing_costs", 2, 0),
        ("leads", 2, 0),
    ]
    assert "  desk: {path: extracts/desk, timezone: Europe/Berlin, currency: EUR}" in company.text
    assert registry["desk"].tables["records"].files == ("crm_2024-03.csv", "crm*.csv")
    assert "| [`desk`](#desk) | Desk | CSV or TSV files |" in sources_page(project)
    with open_warehouse(settings.warehouse_path) as connection:
        land_settings(connection, settings, NOON, registry)
        for table in registry["desk"].tables.values():
            assert not land_source_table(connection, settings, registry["desk"], table).refused
        for table in registry["sheets"].tables.values():
            ensure_table(connection, table)
    names = ["stg_desk__leads", "stg_desk__deals", "stg_desk__marketing_costs"]
    entities = entity_sources(["desk"], project)
    variables = {"enabled_sources": ["desk", "sheets"], "entity_sources": entities}
    run_dbt(settings, ["build", "--select", *names], variables=variables)
    assert outcomes(dbt_target_path(settings)) == {
        "desk_leads_from_raw": "pass", "desk_deals_from_raw": "pass", "desk_marketing_costs_from_raw": "pass",
    }  # fmt: skip
    assert company.add(str(company.folder / "extracts" / "desk" / "crm_2024-03.csv"))["known"] == {
        "extracts/desk/crm_2024-03.csv": "sources.desk reads it already as records"
    }
    models = ["--select", "+int_leads", "+int_deals", "--resource-type", "seed", "--resource-type", "model"]
    run_dbt(settings, ["build", *models], variables=variables)
    with open_warehouse(settings.warehouse_path, read_only=True) as connection:
        counted = connection.execute("select lead_id, stage_reached, counts, is_deleted from intermediate.int_leads")
        assert sorted(counted.fetchall()) == [("1", "won", True, False), ("2", "new", True, False)]
        won = connection.execute("select deal_id, counts_won, is_deleted from intermediate.int_deals order by 1")
        assert won.fetchall() == [("1", True, False), ("2", False, False)]
        deals = connection.execute(
            "select source, deal_id, lead_id, stage, amount, closed_at::date::varchar, created_at::varchar"
            " from staging.stg_desk__deals order by deal_id"
        ).fetchall()
        leads = connection.execute("select lead_id, channel, length(email_hash) > 20 from staging.stg_desk__leads")
        assert sorted(leads.fetchall()) == [("1", "Google", True), ("2", "Referral", True)]
        costs = connection.execute("select month::varchar, amount from staging.stg_desk__marketing_costs order by 1")
        assert costs.fetchall() == [("2024-03-01", Decimal("99.00")), ("2024-04-01", Decimal("99.00"))]
    assert deals == [
        ("desk", "1", "1", "Paid", Decimal("1250.50"), "2024-03-04", "2024-03-01 08:00:00"),  # midnight in Berlin
        ("desk", "2", "2", "New", None, None, "2024-03-02 09:30:00"),
    ]
    assert [entity for entity, readers in entities.items() if "desk" in readers] == [
        "deals",
        "leads",
        "marketing_costs",
    ]


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        ([], "--dbt needs --name"),
        (["--name", "Help Desk"], "--dbt needs --name, in lower case"),
        (["--name", "hubspot"], "there is a source of that name"),
    ],
)
def test_a_name_that_no_source_can_have(company: Company, project: Path, flags: list[str], said: str) -> None:
    file = company.write("costs.csv", COSTS)

    assert said in company.refused(file, "--dbt", *flags)["message"]


def test_what_a_source_can_not_say_is_left_to_sheets(company: Company, project: Path) -> None:
    file = company.write("leads.csv", "Created,E-mail,Source\n2024-03-01,ann@example.com,Google\n")

    said = company.refused(file, "--dbt", "--name", "desk")

    assert "has no column that is an id" in said["message"]
    assert "without --dbt" in said["next_step"]
    assert not (project / "models" / "staging" / "desk").exists()
