"""Values that parse by accident or are larger than anybody expects, through the whole pipeline in one run."""

import os
from decimal import Decimal
from pathlib import Path

import pytest

from tests.end_to_end.command import funnelmart, published
from tests.minimal_workspace import DEALS, LEADS, SETTINGS, SPEND, make_workspace
from tests.orchestration.extracts.conftest import Workspace

pytest_is_long = pytest.mark.skipif(
    not os.environ.get("FUNNELMART_FAULTS"), reason="make test-faults does it: a whole run takes half a minute"
)
COSTS = """\
month,cost_type,amount,currency,department
2024-03,salaries,12000000000.00,EUR,marketing
2024-03,tools,-100.00,EUR,marketing
0001-01,tools,3.00,EUR,marketing
"""
REFUNDS = "refund_id,deal_id,refunded_at,amount,currency\nR1,D1,2024-03-20,-77.00,EUR\n"
ODD_LEADS = """\
L8,1899-12-30 00:00:00,,google,cpc,Eva,New
L9,1900-01-01 00:00:00,,google,cpc,Eva,New
L10,2024-03-01T10:00:00+99:00,,google,cpc,Eva,New
"""
ODD_SPEND = """\
2024-03-05,Google Ads,1,Search,1,1,999999999999.99,EUR,google,cpc
2024-03-05,Google Ads,1,Search,1,1,1.00,EUR,google,cpc
"""


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = make_workspace(tmp_path_factory.mktemp("values") / "acme")
    more = "".join(
        f"    - {{entity: {entity}, files: extracts/{file}.csv}}\n"
        for entity, file in (("marketing_costs", "costs"), ("refunds", "refunds"))
    )
    (folder / "funnelmart.yml").write_text(SETTINGS.replace("stages:", f"{more}stages:"))
    for name, text in (
        ("costs", COSTS),
        ("refunds", REFUNDS),
        ("leads", LEADS + ODD_LEADS),
        ("spend", SPEND + ODD_SPEND),
        ("deals", DEALS + "D3,2024-03-05 09:00:00,L1,Eva,Customer,-500.00,EUR,2024-03-11 12:00:00\n"),
    ):
        (folder / "extracts" / f"{name}.csv").write_text(text)
    result = funnelmart("run", workspace=folder)
    assert result.returncode == 0, result.stdout + result.stderr
    return folder


@pytest_is_long
def test_112_113_large_money_counts_to_the_cent(odd: Path) -> None:
    (row,) = published(
        odd, "select ad_spend, marketing_cost from kpi_total where grain = 'month' and period_start = date '2024-03-01'"
    )
    assert row[0] == Decimal("1000000000100.99")
    assert row[1] - row[0] == Decimal("11999999900.00")


@pytest_is_long
def test_41_114_115_dates_and_zones_by_accident_are_in_quarantine(odd: Path) -> None:
    reasons = published(odd, "select entity, count(*) from published._meta.quarantine group by 1 order by 1")
    assert dict(reasons) == {"leads": 2, "marketing_costs": 1}
    ((first,),) = published(odd, "select min(period_start) from kpi_total where leads > 0")
    assert str(first) == "1900-01-01"
    checks = 'select "check" from published._meta.checks where not success order by 1'
    assert any("history" in name for (name,) in published(odd, checks))


@pytest_is_long
def test_116_negative_money_counts_with_its_sign_and_warns(odd: Path) -> None:
    ((won,),) = published(odd, "select sum(amount) from fct_deals where counts_won")
    assert won == Decimal("700.00")
    checks = 'select "check" from published._meta.checks where not success order by 1'
    assert sum("negative" in name for (name,) in published(odd, checks)) == 3


@pytest.mark.parametrize(
    ("entity", "header", "row", "column"),
    [
        ("leads", "lead_id,created_at", "L1,2025-06-01T10:00:00+99:00", "created_at"),
        ("marketing_costs", "month,cost_type,amount", "0001-01,tools,3", "month"),
        ("leads", "lead_id,created_at", "L1,1899-12-30", "created_at"),
    ],
)
def test_41_114_115_what_nobody_meant_is_not_read(
    workspace: Workspace, entity: str, header: str, row: str, column: str
) -> None:
    workspace.write("extracts/odd.csv", f"{header}\n{row}\n")
    assert workspace.land(entity, {"files": "extracts/*.csv"}).rows_unreadable == 1
    assert workspace.rows(f"select {column}, _unreadable is null from raw_sheets.{entity}") == [(None, False)]


@pytest.mark.parametrize(("amount", "is_read"), [("999999999999999.99", True), ("1000000000000000", False)])
def test_112_113_money_up_to_ten_to_the_fifteenth_is_landed(workspace: Workspace, amount: str, is_read: bool) -> None:
    workspace.write("extracts/odd.csv", f"month,cost_type,amount\n2025-06,tools,{amount}\n")
    workspace.land("marketing_costs", {"files": "extracts/*.csv"})
    assert workspace.rows("select amount is not null from raw_sheets.marketing_costs") == [(is_read,)]
