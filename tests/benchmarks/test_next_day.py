"""One more day of the small companies: files that belong to their sources, with rows that were not there."""

import gzip
import json
from decimal import Decimal
from pathlib import Path

import pytest

from benchmarks.subjects import subject
from tests.benchmarks.test_plain import table


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    subject("demo:0.05").write(folder)
    return folder


def test_spend_is_restated_by_a_hundredth_on_every_level(demo: Path) -> None:
    for level in ("campaign_stats", "ad_group_stats", "ad_stats"):
        name = f"google_ads/google_ads_{level}_data"
        before = table(demo / "extracts" / f"{name}_20250630.csv")
        after = table(demo / "next_day" / f"{name}_20250701.csv")
        assert [int(row["cost_micros"]) * Decimal("1.01") for row in before] == [
            int(row["cost_micros"]) for row in after
        ]


def test_people_and_visits_are_new(demo: Path) -> None:
    contacts = table(demo / "next_day" / "hubspot" / "contact_data_20250701.csv")
    known = {row["id"] for row in table(demo / "extracts" / "hubspot" / "contact_data_20250630.csv")}
    assert contacts
    assert not known & {row["id"] for row in contacts}
    assert {row["property_createdate"][:10] for row in contacts} == {"2025-06-30"}

    with gzip.open(demo / "next_day" / "website" / "sessions_20250701.jsonl.gz", "rt") as file:
        visits = [json.loads(line) for line in file]
    assert visits
    assert {visit["time"][:10] for visit in visits} == {"2025-06-30"}


def test_acme_has_a_lead_and_a_day_more(tmp_path: Path) -> None:
    subject("acme").write(tmp_path)
    assert {path.name for path in (tmp_path / "next_day").iterdir()} == {"leads_next.csv", "spend_next.csv"}
