"""The worked example of CONTRIBUTING.md: a platform is one folder, from its extract to canonical ad spend."""

import re
import shutil
from decimal import Decimal
from pathlib import Path

import pytest

import orchestration.transform.command
import orchestration.transform.manifest
from orchestration.extracts.land.land import land_source_table
from orchestration.extracts.land.land_settings import land_settings
from orchestration.extracts.land.raw_tables import ensure_table
from orchestration.extracts.sources import DBT_PROJECT, SHEETS, entity_sources, load_sources
from orchestration.extracts.sources_page import sources_page
from orchestration.settings import load_settings
from orchestration.transform.dbt import run_dbt
from orchestration.warehouse import open_warehouse
from tests.dbt_project.staging.conftest import NOON

ROOT = DBT_PROJECT.parent
FILE = re.compile(r"^`((?:dbt_project|extracts)/\S+)`\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SETTINGS = """
company: Acme
reporting: {currency: EUR, timezone: Europe/Berlin}
sources:
  taboola_ads: {path: extracts/taboola_ads}
  sheets: [{entity: leads, files: leads.csv}]
"""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the dbt project with the example's folder, a workspace with its extract."""
    shutil.copytree(DBT_PROJECT, tmp_path / "dbt_project", ignore=shutil.ignore_patterns("target", "logs"))
    for name, text in FILE.findall((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "funnelmart.yml").write_text(SETTINGS)
    (tmp_path / "leads.csv").write_text(
        "lead_id,created_at,utm_source,utm_medium\n1,2024-03-01,taboola,cpc\n2,2024-03-01,taboola,referral\n"
    )
    return tmp_path


def test_the_example_is_all_that_a_platform_needs(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = copy / "dbt_project"
    for module in (orchestration.transform.command, orchestration.transform.manifest):
        monkeypatch.setattr(module, "DBT_PROJECT", project)
    settings, registry = load_settings(copy), load_sources(project)
    with open_warehouse(settings.warehouse_path) as connection:
        land_settings(connection, settings, NOON, registry)
        for name in ("taboola_ads", SHEETS):
            for table in registry[name].tables.values():
                ensure_table(connection, table)
                assert not land_source_table(connection, settings, registry[name], table).refused
    variables = {
        "enabled_sources": ["taboola_ads", SHEETS],
        "entity_sources": entity_sources(["taboola_ads"], project),
    }
    models = ["--select", "+int_ad_spend", "+int_leads", "--resource-type", "seed", "--resource-type", "model"]
    run_dbt(settings, ["build", *models], variables=variables)
    with open_warehouse(settings.warehouse_path, read_only=True) as connection:
        spend = connection.execute(
            "select platform, channel, campaign, impressions, clicks, spend, currency from intermediate.int_ad_spend"
            " order by date"
        ).fetchall()
        leads = connection.execute("select lead_id, channel from intermediate.int_leads order by 1").fetchall()
    assert spend == [
        ("taboola_ads", "Display", "Spring", 12000, 60, Decimal("45.50"), "EUR"),
        ("taboola_ads", "Display", "Spring", 8000, 40, Decimal("30.25"), "EUR"),
    ]
    # a paid visit belongs to the channel of the platform's spend; a link from its site is a referral
    assert leads == [("1", "Display"), ("2", "Referral")]
    assert "| [`taboola_ads`](#taboola_ads) | Taboola | CSV report | ad_spend | Display |" in sources_page(project)
