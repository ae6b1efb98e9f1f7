"""What one more day brings the small companies, as files in `next_day`: new leads and visits, weeks of spend restated.

The large company's generator writes its own.
"""

import gzip
import json
from pathlib import Path

import duckdb

DAY, NEXT = "20250630", "20250701"  # as the demo's files are called
# A hundredth more is exact: these platforms' files have cents. Each level of spend is restated alike.
SPEND = {
    "google_ads/google_ads_campaign_stats_data": "cast(cost_micros as bigint) * 101 // 100 as cost_micros",
    "google_ads/google_ads_ad_group_stats_data": "cast(cost_micros as bigint) * 101 // 100 as cost_micros",
    "google_ads/google_ads_ad_stats_data": "cast(cost_micros as bigint) * 101 // 100 as cost_micros",
    "facebook_ads/facebook_ads_basic_ad_data": "round(cast(spend as decimal(18, 4)) * 1.01, 2) as spend",
}
CONTACTS = """
    select * replace (
        cast(id as bigint) + 900000000 as id, 'next.' || property_email as property_email, null as property_phone,
        '2025-06-30 ' || property_createdate[12:] as property_createdate,
        '2025-06-30 23:00:00' as property_lastmodifieddate, 'lead' as property_lifecyclestage,
        null as property_hs_sa_first_engagement_date, null as property_hs_lifecyclestage_salesqualifiedlead_date
    )
    from {file} where property_createdate >= '2025-06-25' order by id"""


def write_next_day_of_demo(workspace: Path) -> None:
    """Three weeks of spend restated, contacts and visits of the last day, beside the extracts of the demo."""
    extracts, folder = workspace / "extracts", workspace / "next_day"
    for name, restated in SPEND.items():
        query = f"select * replace ({restated}) from {{file}}"
        _copy(query, extracts / f"{name}_{DAY}.csv", folder / f"{name}_{NEXT}.csv")
    contacts = "hubspot/contact_data"
    _copy(CONTACTS, extracts / f"{contacts}_{DAY}.csv", folder / f"{contacts}_{NEXT}.csv")
    (folder / "website").mkdir()
    with (
        gzip.open(extracts / "website" / "sessions_2025.jsonl.gz", "rt", encoding="utf-8") as before,
        gzip.open(folder / "website" / f"sessions_{NEXT}.jsonl.gz", "wt", encoding="utf-8") as after,
    ):
        for visit in map(json.loads, before):
            if visit["time"].startswith("2025-06-2"):  # ten days, since the demo has some twenty visits on each
                moved = {"session": f"n{visit['session']}", "time": f"2025-06-30{visit['time'][10:]}"}
                after.write(json.dumps(visit | moved) + "\n")


def write_next_day_of_acme(workspace: Path) -> None:
    """One lead more, and one day of spend."""
    folder = workspace / "next_day"
    folder.mkdir()
    leads = "Id,Created,E-mail,Source,Campaign,Stage\nL900,2025-06-30 09:12,nia900@example.com,Google Ads,Desks,New\n"
    (folder / "leads_next.csv").write_text(leads, encoding="utf-8")
    spend = "Date,Source,Campaign,Impressions,Clicks,Spend\n2025-06-30,Google Ads,Desks,917,31,35.20\n"
    (folder / "spend_next.csv").write_text(spend, encoding="utf-8")


def _copy(query: str, before: Path, after: Path) -> None:
    after.parent.mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as connection:
        rows = query.format(file=f"read_csv('{before}', all_varchar = true)")
        connection.execute(f"copy ({rows}) to '{after}' (header)")
