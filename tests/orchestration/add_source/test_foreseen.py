"""`funnelmart validate` says what a run would refuse, and `--quick` looks at headers only."""

import json
from typing import Any

from typer.testing import CliRunner

from orchestration.cli.app import app
from tests.orchestration.add_source.conftest import Company

STATS = "google_ads_campaign_stats.csv"
SETTINGS = """\
company: Blue Shop
reporting: {currency: EUR, today: 2026-12-31}
sources:
  google_ads: {path: extracts/google}
  sheets:
    - {entity: deals, files: extracts/deals*, fields: {deal_id: Id, amount: Sum, closed_at: Closed}}
    - {entity: leads, files: extracts/leads.csv, fields: {lead_id: Id, created_at: Created}}
"""


def validated(company: Company, *options: str) -> dict[str, Any]:
    before = company.content()
    result = CliRunner().invoke(app, ["-w", str(company.folder), "validate", *options, "--json"])
    assert result.exit_code == 0, result.output
    assert company.content() == before
    return dict(json.loads(result.stdout))


def test_what_a_run_would_refuse_is_said_file_by_file(company: Company) -> None:
    """Of four deals one has no number and one no id; one file is no workbook; a lead and a cost are refused."""
    company.write("deals.csv", "Id,Sum,Closed\n1,10,2026-03-01\n2,much,2026-03-01\n3,$ 5,2027-03-01\n,7,2026-03-01\n")
    company.write("deals.xlsx", "no workbook")
    company.write("leads.csv", "Id,Created\n1,2026-03-01\n2,2027-03-01\n")
    company.write("google/google_ads_campaign_stats.csv", "customer_id,date,id,_fivetran_synced,cost_micros\n"
                                                          "1,2026-03-01,7,2026-03-02 01:00:00,often\n")  # fmt: skip
    (company.folder / "funnelmart.yml").write_text(SETTINGS)

    found = {one["file"]: one for one in validated(company)["would_refuse"]}

    assert set(found) == {"extracts/deals.csv", "extracts/deals.xlsx", "extracts/leads.csv", STATS}
    assert (found["extracts/deals.csv"]["rows"], found["extracts/deals.csv"]["refused"]) == (4, 2)
    assert found["extracts/deals.csv"]["reasons"] == {
        "amount: 'much' is no readable number": 1, "deal_id: empty": 1,
    }  # fmt: skip
    assert "its content is not" in found["extracts/deals.xlsx"]["problem"]
    assert found["extracts/leads.csv"]["reasons"] == {"created_at: 2027-03-01 is later than tomorrow": 1}
    assert found[STATS]["refused"] == 1
    assert validated(company, "--quick")["would_refuse"] is None
