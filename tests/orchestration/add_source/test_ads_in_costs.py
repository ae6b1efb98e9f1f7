"""Books hold what ads cost beside salaries and agencies; so do the platforms' reports."""

import pytest

from tests.orchestration.add_source.conftest import Company

SPEND = "Date,Platform,Campaign,Cost,Clicks,Impressions\n2026-03-01,Google Ads,Brand,100,1,10\n"


def costs(company: Company, *kinds: str) -> str:
    rows = "".join(f"2026-03,{kind},500\n" for kind in kinds)
    return company.write("costs.csv", f"Month,Category,Amount\n{rows}")


@pytest.mark.parametrize("kind", ["Google Ads", "LinkedIn", "Advertising", "Meta Ads March", "Контекстная реклама"])
def test_ads_among_costs_beside_their_spend_are_a_doubt(company: Company, kind: str) -> None:
    said = company.refused(company.write("spend.csv", SPEND), costs(company, kind, "Agency"))
    assert f"Category holds '{kind}': what ads cost comes as ad spend, too, and would count twice" in said["message"]


@pytest.mark.parametrize("kind", ["Agency Google Ads", "Google Workspace", "Salaries", "Google Ads management fee"])
def test_other_costs_are_none(company: Company, kind: str) -> None:
    company.add(company.write("spend.csv", SPEND), costs(company, kind, "Content"))


def test_ads_among_costs_without_their_spend_are_a_note(company: Company) -> None:
    done = company.add(costs(company, "Google Ads", "Agency"))
    assert "once ad spend comes from the platforms" in " ".join(done["added"][0]["notes"])
