"""The large company: the same rows each time, and a plain script whose figures are those counted row by row."""

import csv
import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from benchmarks.large.generate import generate
from benchmarks.large.plain import build

SCALE = 0.0002  # 1,000 leads


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("large")
    generate(folder, SCALE, next_day=True)
    return folder


@pytest.fixture(scope="module")
def figures(workspace: Path) -> dict[str, Decimal]:
    return build(workspace, workspace / "plain.duckdb")


def table(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def rates(workspace: Path) -> dict[tuple[str, str], Decimal]:
    return {(row["date"], row["currency"]): Decimal(row["rate"]) for row in table(workspace / "extracts" / "fx.csv")}


def test_the_same_scale_gives_the_same_bytes(workspace: Path, tmp_path: Path) -> None:
    generate(tmp_path, SCALE, next_day=True)
    files = sorted(path.relative_to(workspace) for path in workspace.rglob("*.csv"))

    assert len(files) == 9
    assert all((tmp_path / file).read_bytes() == (workspace / file).read_bytes() for file in files)


def test_spend_is_the_sum_of_the_rows_at_the_rate_of_their_day(workspace: Path, figures: dict[str, Decimal]) -> None:
    rate = rates(workspace)
    spend = sum(
        Decimal(row["cost"]) * rate.get((row["date"], row["currency"]), Decimal(1))
        for row in table(workspace / "extracts" / "spend.csv")
    )

    assert abs(figures["ad_spend"] - spend) < Decimal("0.01")  # each row is rounded to millionths


def test_revenue_is_what_won_deals_brought_on_the_day_they_closed(workspace: Path, figures: dict[str, Decimal]) -> None:
    rate = rates(workspace)
    won = [row for row in table(workspace / "extracts" / "deals.csv") if row["status"] == "won"]
    revenue = sum(
        round(Decimal(row["amount"]) * rate.get((row["closed_at"][:10], row["currency"]), Decimal(1)), 2) for row in won
    )

    assert figures["won_deals"] == len(won)
    assert abs(figures["revenue"] - revenue) <= Decimal("0.01") * len(won)


def test_leads_are_those_that_open_a_window_of_their_person(workspace: Path, figures: dict[str, Decimal]) -> None:
    newest: dict[str, dict[str, str]] = {}
    for row in sorted(table(workspace / "extracts" / "lead_rows.csv"), key=lambda row: row["updated_at"]):
        newest[row["lead_id"]] = row
    person = {lead: lead for lead in newest}

    def root(lead: str) -> str:
        while person[lead] != lead:
            lead = person[lead]
        return lead

    first_with: dict[str, str] = {}
    for lead, row in newest.items():
        for key in (row["email"].strip().lower(), row["phone"]):
            person[root(lead)] = root(first_with.setdefault(key, lead))
    opened: dict[str, dt.datetime] = {}
    leads = 0
    for lead, row in sorted(newest.items(), key=lambda item: (item[1]["created_at"], item[0])):
        created = dt.datetime.fromisoformat(row["created_at"])
        if root(lead) not in opened or created > opened[root(lead)] + dt.timedelta(days=90):
            opened[root(lead)] = created
            leads += 1

    assert figures["leads"] == leads
    assert leads < len(newest)
