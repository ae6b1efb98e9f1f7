"""A marketplace's marketing-qualified leads and closed deals: a workspace of YAML alone against plain Python."""

import csv
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.shared_data import shared_data

LEADS = "olist_marketing_qualified_leads_dataset.csv"
DEALS = "olist_closed_deals_dataset.csv"
SETTINGS = f"""
company: Marketplace
reporting: {{currency: BRL, timezone: America/Sao_Paulo, today: 2018-11-30}}
sources:
  sheets:
    - entity: leads
      files: extracts/{LEADS}
      fields: {{lead_id: mql_id, created_at: first_contact_date, landing_page: landing_page_id, channel: origin}}
    - entity: deals
      files: extracts/{DEALS}
      fields: {{deal_id: mql_id, lead_id: mql_id, customer_id: seller_id, owner: sr_id, closed_at: won_date,
               product: business_segment, amount: declared_monthly_revenue}}
      constants: {{status: won}}
"""
Ask = Callable[[str], list[tuple[Any, ...]]]


@pytest.fixture(scope="module")
def extracts() -> Path:
    return shared_data("olist_funnel")


@pytest.fixture(scope="module")
def mart(extracts: Path, tmp_path_factory: pytest.TempPathFactory) -> Ask:
    workspace = tmp_path_factory.mktemp("olist") / "workspace"
    shutil.copytree(extracts, workspace / "extracts")
    (workspace / "funnelmart.yml").write_text(SETTINGS)
    run = subprocess.run(
        [sys.executable, "-m", "orchestration.cli", "run", "-w", str(workspace), "--json"],
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stdout[-3000:] + run.stderr[-3000:]
    path = workspace / "published" / "funnelmart.duckdb"

    def ask(query: str) -> list[tuple[Any, ...]]:
        with duckdb.connect(str(path), read_only=True) as connection:
            return connection.execute("use mart").execute(query).fetchall()

    return ask


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_totals(mart: Ask, extracts: Path) -> None:
    leads, deals = read(extracts / LEADS), read(extracts / DEALS)
    revenue = sum((Decimal(row["declared_monthly_revenue"] or 0) for row in deals), Decimal(0))
    assert mart("select sum(leads), sum(won_deals), sum(revenue) from kpi_total where grain = 'year'") == [
        (len(leads), len(deals), revenue)
    ]


def test_leads_and_wins_by_origin(mart: Ask, extracts: Path) -> None:
    """A lead without origin is unattributed; `unknown` is an origin as the source names it."""
    origin = {row["mql_id"]: row["origin"] or "unattributed" for row in read(extracts / LEADS)}
    leads = Counter(origin.values())
    won = Counter(origin.get(row["mql_id"], "unattributed") for row in read(extracts / DEALS))
    expected = sorted((channel, leads[channel], won[channel]) for channel in leads)
    found = mart(
        """select channel, sum(leads), sum(won_deals) from kpi_by_channel
        where grain = 'year' group by channel order by 1"""
    )
    assert [(channel, int(count), int(wins)) for channel, count, wins in found] == expected


def test_cohort_conversion_counts_leads_with_a_won_deal(mart: Ask, extracts: Path) -> None:
    won = {row["mql_id"] for row in read(extracts / DEALS)}
    january = [row["mql_id"] for row in read(extracts / LEADS) if row["first_contact_date"].startswith("2018-01")]
    [(share,)] = mart(
        "select lead_to_deal_conversion from kpi_total where grain = 'month' and period_start = '2018-01-01'"
    )
    assert float(share) == pytest.approx(sum(lead in won for lead in january) / len(january))


def test_all_won_deals_lack_a_creation_date_and_have_no_cycle(mart: Ask) -> None:
    assert mart(
        """select count(*), count(cycle_seconds), count(*) filter (where flags like '%created_at_estimated%')
        from fct_deals"""
    ) == [(842, 0, 842)]
