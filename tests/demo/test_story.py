"""What the story promises is in the files, read here as anybody would read them."""

import datetime as dt
import gzip
import json
from collections import Counter
from pathlib import Path
from statistics import median

from python_calamine import CalamineWorkbook

from tests.demo.conftest import rows

UTC = "%Y-%m-%d %H:%M:%S"


def contacts(extracts: Path) -> list[dict[str, str]]:
    """The newest copy of every contact of the CRM, in one list; broken rows left out."""
    newest: dict[str, dict[str, str]] = {}
    for name in ("contact_data_20250101.csv.gz", "contact_data_20250630.csv"):
        newest.update({row["id"]: row for row in rows(extracts / "hubspot" / name) if None not in row})
    return [row for row in newest.values() if row["property_createdate"].startswith("202")]


def deals(extracts: Path) -> list[dict[str, str]]:
    newest: dict[str, dict[str, str]] = {}
    for name in ("deal_data_20250101.csv.gz", "deal_data_20250630.csv"):
        newest.update({row["deal_id"]: row for row in rows(extracts / "hubspot" / name)})
    return list(newest.values())


def is_won(deal: dict[str, str]) -> bool:
    return deal["deal_pipeline_stage_id"] == "closedwon"


def test_the_last_two_weeks_of_spend_are_stated_twice_and_differ(extracts: Path) -> None:
    spend = []
    for day in ("20250624", "20250630"):
        found = rows(extracts / "google_ads" / f"google_ads_campaign_stats_data_{day}.csv")
        spend.append(sum(int(row["cost_micros"]) for row in found if "2025-06-10" <= row["date"] <= "2025-06-23"))
    assert 0.95 < spend[1] / spend[0] < 0.97


def test_campaigns_ad_groups_and_ads_of_google_add_up_except_where_only_the_campaign_is_known(extracts: Path) -> None:
    folder = extracts / "google_ads"
    campaigns = rows(folder / "google_ads_campaign_stats_data_20250102.csv")
    with_groups = sum(int(row["cost_micros"]) for row in campaigns if row["id"] != "18230410015")
    for table in ("ad_group", "ad"):
        parts = rows(folder / f"google_ads_{table}_stats_data_20250102.csv")
        assert sum(int(row["cost_micros"]) for row in parts) == with_groups
    assert any(row["id"] == "18230410015" and int(row["cost_micros"]) for row in campaigns)


def test_a_campaign_is_renamed_and_keeps_its_id(extracts: Path) -> None:
    history = rows(extracts / "google_ads" / "google_ads_campaign_history_data.csv")
    assert [row["name"] for row in history if row["id"] == "18230410013"] == [
        "search_ergonomic_chairs",
        "search_chairs",
    ]
    names = {row["property_utm_campaign"] for row in contacts(extracts) if row["property_utm_id"] == "18230410013"}
    assert names == {"search_ergonomic_chairs", "search_chairs"}


def test_cheap_leads_are_bad_and_dear_leads_are_good(extracts: Path) -> None:
    leads: Counter[str] = Counter()
    qualified: Counter[str] = Counter()
    for row in contacts(extracts):
        leads[row["property_utm_campaign"]] += 1
        qualified[row["property_utm_campaign"]] += bool(row["property_hs_lifecyclestage_salesqualifiedlead_date"])
    assert qualified["giveaway_desk_raffle"] / leads["giveaway_desk_raffle"] < 0.12
    assert qualified["search_office_fitout"] / leads["search_office_fitout"] > 0.55


def test_one_sales_representative_and_one_quarter_answer_slowly(extracts: Path) -> None:
    minutes: dict[str, list[float]] = {"slow rep": [], "slow quarter": [], "others": []}
    for row in contacts(extracts):
        if answered := row["property_hs_sa_first_engagement_date"]:
            created = dt.datetime.strptime(row["property_createdate"], UTC)
            waited = (dt.datetime.strptime(answered, UTC) - created).total_seconds() / 60
            slow_quarter = "2025-01-01" <= row["property_createdate"] < "2025-03-17"
            group = "slow rep" if row["property_hubspot_owner_id"] == "70110004" else "others"
            minutes["slow quarter" if slow_quarter else group].append(waited)
    assert median(minutes["slow rep"]) > 3 * median(minutes["others"])
    assert median(minutes["slow quarter"]) > 2 * median(minutes["others"])


def test_december_2024_has_more_leads_but_no_more_deals(extracts: Path) -> None:
    leads = Counter(row["property_createdate"][:7] for row in contacts(extracts))
    won = Counter(deal["property_closedate"][:7] for deal in deals(extracts) if is_won(deal))
    assert leads["2024-12"] > 1.2 * leads["2024-11"]
    assert won["2024-12"] < 1.05 * won["2024-11"]


def test_meta_is_paid_but_loses_its_tags_for_eight_days(extracts: Path) -> None:
    days = {f"2025-03-{day}" for day in range(10, 18)}
    tagged = [
        row
        for row in contacts(extracts)
        if row["property_utm_source"] in ("facebook", "instagram") and row["property_createdate"][:10] in days
    ]
    ads = rows(extracts / "facebook_ads" / "facebook_ads_basic_ad_data_20250624.csv")
    assert not tagged
    assert {row["date"] for row in ads if float(row["spend"]) > 0} >= days


def test_google_brings_leads_on_five_days_of_which_no_extract_tells(extracts: Path) -> None:
    days = {f"2024-08-{day}" for day in range(19, 24)}
    stats = rows(extracts / "google_ads" / "google_ads_campaign_stats_data_20250102.csv")
    assert not days & {row["date"] for row in stats}
    assert days <= {
        row["property_createdate"][:10] for row in contacts(extracts) if row["property_utm_medium"] == "cpc"
    }


def test_season_and_growth(extracts: Path) -> None:
    months = Counter(row["property_createdate"][:7] for row in contacts(extracts))
    weekdays = Counter(dt.date.fromisoformat(row["property_createdate"][:10]).weekday() for row in contacts(extracts))
    assert months["2024-08"] < 0.8 * months["2024-10"]
    assert months["2024-09"] > 1.1 * months["2023-09"]
    assert weekdays[5] < 0.75 * weekdays[0]


def test_the_average_check_falls_when_the_cheap_desk_comes(extracts: Path) -> None:
    checks: dict[str, list[float]] = {"before": [], "after": []}
    for deal in deals(extracts):
        if (
            is_won(deal)
            and deal["property_amount"].replace(".", "").isdigit()
            and deal["property_closedate"] >= "2025-01"
        ):
            checks["after" if deal["property_closedate"] >= "2025-05" else "before"].append(
                float(deal["property_amount"])
            )
    assert sum(checks["after"]) / len(checks["after"]) < 0.97 * sum(checks["before"]) / len(checks["before"])


def test_some_deals_close_late_and_customers_come_back_for_other_things(extracts: Path) -> None:
    days = []
    bought: dict[str, list[str]] = {}
    contact_of = {
        row["deal_id"]: row["contact_id"]
        for name in ("20250101", "20250630")
        for row in rows(extracts / "hubspot" / f"deal_contact_data_{name}.csv")
    }
    for deal in deals(extracts):
        if is_won(deal) and deal["property_closedate"] and deal["deal_id"] in contact_of:
            span = dt.datetime.strptime(deal["property_closedate"], UTC) - dt.datetime.strptime(
                deal["property_createdate"], UTC
            )
            days.append(span.days)
            bought.setdefault(contact_of[deal["deal_id"]], []).append(deal["property_sku"])
    assert median(days) < 30
    assert sum(span > 90 for span in days) > 20
    assert sum(len(products) > 1 for products in bought.values()) > 100
    assert sum(len(set(products)) > 1 for products in bought.values()) > 50


def test_the_same_person_comes_as_two_contacts(extracts: Path) -> None:
    addresses = Counter(row["property_email"].strip().lower() for row in contacts(extracts) if row["property_email"])
    assert sum(count > 1 for count in addresses.values()) > 200
    assert sum(row["property_disqualified_reason"] == "Duplicate" for row in contacts(extracts)) > 100
    assert len(rows(extracts / "hubspot" / "contact_merge_audit_data.csv")) > 10


def test_rows_to_refuse_are_a_handful(extracts: Path) -> None:
    contact = rows(extracts / "hubspot" / "contact_data_20250101.csv.gz")
    assert sum(None in row for row in contact) == 1  # more fields than the header
    late = rows(extracts / "hubspot" / "contact_data_20250630.csv")
    assert sum(row["property_createdate"].startswith("2052") for row in late) == 1
    amounts = [deal["property_amount"] for deal in deals(extracts)]
    assert 0 < amounts.count("ca. 2-3k") < 7
    spend = [row["spend"] for row in rows(extracts / "facebook_ads" / "facebook_ads_basic_ad_data_20250102.csv")]
    assert (spend.count("#ERROR!"), sum(value.startswith("-") for value in spend)) == (1, 1)
    linkedin = rows(extracts / "sheets" / "linkedin_ads_2024.csv", delimiter=";")
    assert [row["Kosten (EUR)"] for row in linkedin if row["Kosten (EUR)"].startswith("-")] == ["-85,00"]
    assert not any(linkedin[-1].values())  # an empty row


def test_one_file_lacks_its_spend(extracts: Path) -> None:
    header = (extracts / "facebook_ads" / "facebook_ads_basic_ad_data_manual_20250512.csv").read_text().splitlines()[0]
    assert "spend" not in header


def test_formats_german_csv_xlsx_and_packed_json_lines(extracts: Path) -> None:
    assert (extracts / "sheets" / "refunds.csv").read_bytes().startswith("\ufeffGutschrift;Deal;Datum;Betrag".encode())
    refund = rows(extracts / "sheets" / "refunds.csv", delimiter=";")[0]
    assert dt.datetime.strptime(refund["Datum"], "%d.%m.%Y")
    assert refund["Betrag"][-3] == ","
    book = CalamineWorkbook.from_path(str(extracts / "sheets" / "marketing_costs.xlsx"))
    assert book.sheet_names == ["Costs", "Events", "Notes"]
    assert book.get_sheet_by_name("Costs").to_python()[1] == [
        "2023-07",
        "salaries",
        "marketing",
        "",
        "",
        15500.0,
        "EUR",
    ]
    text = gzip.decompress((extracts / "website" / "sessions_2024.jsonl.gz").read_bytes()).decode()
    session = json.loads(text.splitlines()[0])
    assert set(session) >= {"session", "time", "person", "page"}


def test_every_goal_but_two_serves_another(extracts: Path) -> None:
    goals = rows(extracts / "sheets" / "targets.csv")
    names = {goal["target_id"] for goal in goals}
    assert {goal["target_id"] for goal in goals if goal["parent_target_id"] not in names} == {"G0", "G1", "X1"}
