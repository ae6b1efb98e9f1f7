"""Event rows as the BigQuery export writes them, landed and made into sessions: JSON Lines and Parquet alike."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from orchestration.extracts.land.land import land_source_table
from orchestration.extracts.sources import load_sources
from orchestration.settings import Settings
from tests.dbt_project.attribution.chain import Chain

TEN = dt.datetime(2024, 5, 6, 10)
GA4 = load_sources()["ga4"]


def event(minute: int, name: str = "page_view", user: str | None = None, **collected: str) -> dict[str, Any]:
    """One exported event of session 1715000000 on device 11.22; BigQuery writes 64-bit numbers as text in JSON."""
    since_1970 = TEN + dt.timedelta(minutes=minute) - dt.datetime(1970, 1, 1)
    record: dict[str, Any] = {
        "event_date": "20240506",
        "event_timestamp": str(since_1970 // dt.timedelta(microseconds=1)),
        "event_name": name,
        "event_params": [
            {"key": "ga_session_id", "value": {"int_value": "1715000000"}},
            {"key": "page_location", "value": {"string_value": f"https://shop.example/{minute}?a=1&b=\"2\""}},
        ],
        "user_pseudo_id": "11.22",
        "traffic_source": {"name": "(direct)", "medium": "(none)", "source": "(direct)"},
    }  # fmt: skip
    if user:
        record["user_id"] = user
    if collected:
        record["collected_traffic_source"] = collected
    return record


EVENTS = [
    event(3, user="anna"),
    event(0, "session_start"),
    event(1, manual_source="newsletter", manual_medium="email", manual_campaign_name="may"),
]


def as_json_lines(folder: Path) -> None:
    (folder / "events_20240506.jsonl").write_text("\n".join(map(json.dumps, EVENTS[:2])) + "\n")
    # a second shard of the day, which holds an event of the first once more
    (folder / "events_20240506_2.jsonl").write_text("\n".join(map(json.dumps, EVENTS[1:])) + "\n")


def as_parquet(folder: Path) -> None:
    rows = [{**row, "event_timestamp": int(row["event_timestamp"])} for row in EVENTS]
    pq.write_table(pa.Table.from_pylist(rows, schema=_schema()), folder / "events_20240506.parquet")


def _schema() -> pa.Schema:
    text = pa.string()
    value = pa.struct({"string_value": text, "int_value": text})
    return pa.schema(
        {
            "event_date": text, "event_timestamp": pa.int64(), "event_name": text, "user_id": text,
            "event_params": pa.list_(pa.struct({"key": text, "value": value})), "user_pseudo_id": text,
            "traffic_source": pa.struct({"name": text, "medium": text, "source": text}),
            "collected_traffic_source": pa.struct(
                {"manual_source": text, "manual_medium": text, "manual_campaign_name": text}
            ),
        }
    )  # fmt: skip


@pytest.mark.parametrize("export", [as_json_lines, as_parquet])
def test_events_become_one_touch_for_each_session(chain: Chain, tmp_path: Path, export: Any) -> None:
    export(tmp_path)
    settings = Settings.model_validate(
        {"workspace": tmp_path, "company": "Test", "sources": {"ga4": {"path": str(tmp_path)}}}
    )
    for table in ("raw_ga4.events", "landing.files"):
        chain.connection.execute(f"drop table if exists {table}")
    result = land_source_table(chain.connection, settings, GA4, GA4.tables["events"])
    assert not result.refused
    chain.connection.execute(f"create or replace table staging.stg_ga4__events as {chain.compiled['stg_ga4__events']}")
    assert chain.rows(
        "select touch_id, touched_at, person_id, utm_source, utm_medium, utm_campaign, landing_page, _unreadable "
        f"from ({chain.compiled['stg_ga4__touches']})"
    ) == [
        ("11.22.1715000000", TEN, "anna", "newsletter", "email", "may", 'https://shop.example/0?a=1&b="2"', None),
    ]  # fmt: skip
