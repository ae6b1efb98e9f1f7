"""Won deals in the format of each platform, from a small mart made by hand."""

import datetime as dt
import hashlib
import json
from pathlib import Path

import duckdb
import pytest

from orchestration.errors import PublishError
from orchestration.settings import Settings, load_settings
from orchestration.settings.workspace import Conversions
from orchestration.views.conversions import Conversion, Platform, conversions, document, google_contacts

MARCH = dt.date(2024, 3, 1)
TABLES = """
    create table fct_deals as select * from (values
        ('crm:1', 'crm:L1', 'p1', timestamp '2024-03-05 17:04:05', false, date '2024-03-05', false, true, 100.50),
        ('crm:2', null, 'p2', timestamp '2024-03-05 23:00:00', true, date '2024-03-06', false, true, null),
        ('crm:3', 'crm:L3', 'p3', timestamp '2024-03-07 00:00:00', false, date '2024-03-07', false, true, 5.00),
        ('crm:4', 'crm:L1', 'p1', timestamp '2024-03-08 00:00:00', false, date '2024-03-08', true, true, 7.00),
        ('crm:5', 'crm:L1', 'p1', timestamp '2024-02-08 00:00:00', false, date '2024-02-08', false, true, 8.00),
        ('crm:6', 'crm:L1', 'p1', null, false, null, false, false, 9.00)
    ) as deals (deal_key, lead_key, person_key, closed_at, closed_at_is_date, closed_date, closed_at_is_estimated,
        counts_won, amount);
    create table fct_leads as select * from (values
        ('crm:L1', timestamp '2024-03-01 10:00:00', 'abc', '{click}'),
        ('crm:L3', timestamp '2024-03-01 10:00:00', 'other', 'ttclid')
    ) as leads (lead_key, created_at, click_id, click_id_type);
    create table fct_touches as select * from (values
        ('p1', timestamp '2024-03-04 00:00:00', date '2024-03-04', 'later', '{click}', false),
        ('p2', timestamp '2024-03-02 00:00:00', date '2024-03-02', 'first', '{click}', false),
        ('p2', timestamp '2024-03-06 12:00:00', date '2024-03-06', 'last', '{click}', false),
        ('p2', timestamp '2024-03-07 00:00:00', date '2024-03-07', 'too late', '{click}', false),
        ('p2', timestamp '2024-03-06 13:00:00', date '2024-03-06', 'test', '{click}', true)
    ) as touches (person_key, touched_at, touched_date, click_id, click_id_type, is_test)"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "funnelmart.yml").write_text(
        "company: Acme\nreporting: {currency: EUR, timezone: Europe/Berlin}\n", encoding="utf-8"
    )
    return load_settings(tmp_path)


def exported(settings: Settings, platform: Platform, click: str) -> tuple[str, int]:
    with duckdb.connect() as mart:
        mart.execute(TABLES.format(click=click))
        found, without = conversions(mart, settings, platform, MARCH)
    return document(platform, found, "Won deal", settings), without


def test_google_takes_a_line_of_parameters_and_times(settings: Settings) -> None:
    """Deal 2 has its person's last click before the end of 6 March in Berlin; 3 has no such click, 4 no known day."""
    text, without = exported(settings, "google", "gclid")
    assert text.splitlines() == [
        "Parameters:TimeZone=+0000",
        "Google Click ID,Conversion Name,Conversion Time,Conversion Value,Conversion Currency",
        "abc,Won deal,2024-03-05 17:04:05,100.50,EUR",
        "last,Won deal,2024-03-06 22:59:59,,EUR",
    ]
    assert without == 1


def test_yandex_takes_seconds(settings: Settings) -> None:
    text, _ = exported(settings, "yandex", "yclid")
    assert text.splitlines() == [
        "Yclid,Target,DateTime,Price,Currency",
        "abc,Won deal,1709658245,100.50,EUR",
        "last,Won deal,1709765999,,EUR",
    ]


def test_microsoft_takes_a_bulk_file(settings: Settings) -> None:
    text, _ = exported(settings, "microsoft", "msclkid")
    assert text.splitlines() == [
        "Type,Status,Id,Parent Id,Client Id,Name,Conversion Currency Code,Conversion Name,Conversion Time,"
        "Conversion Value,Microsoft Click Id",
        "Format Version,,,,,6.0,,,,,",
        "Offline Conversion,,,,crm:1,,EUR,Won deal,3/5/2024 5:04:05 PM,100.50,abc",
        "Offline Conversion,,,,crm:2,,EUR,Won deal,3/6/2024 10:59:59 PM,,last",
    ]


def test_meta_takes_events_with_the_clicks_time(settings: Settings) -> None:
    text, _ = exported(settings, "meta", "fbclid")
    first, second = json.loads(text)["data"]
    assert first == {
        "event_name": "Won deal",
        "event_time": 1709658245,
        "event_id": "crm:1",
        "action_source": "system_generated",
        "user_data": {"fbc": "fb.1.1709287200000.abc"},
        "custom_data": {"currency": "EUR", "value": 100.5},
    }
    assert second["custom_data"] == {"currency": "EUR"}


def test_a_mart_without_click_ids_says_what_to_do(settings: Settings) -> None:
    with duckdb.connect() as mart:
        mart.execute(TABLES.format(click="gclid"))
        mart.execute("alter table fct_leads drop column click_id")
        with pytest.raises(PublishError, match="no click ids"):
            conversions(mart, settings, "google", MARCH)


def test_hashed_contacts_only_where_the_workspace_allows_it(settings: Settings) -> None:
    """Deal 3 has no click of Google or Meta, but its lead has an address and a telephone in raw."""
    allowed = settings.model_copy(update={"conversions": Conversions(hashed_contacts=True)})
    with duckdb.connect(str(settings.warehouse_path)) as warehouse:
        warehouse.execute("""
            create schema raw_sheets;
            create table raw_sheets.leads as
            select 'An.N@Gmail.com' as email, 'he' as email_hash, '+49 30 12345678' as phone, 'hp' as phone_hash""")

    def exported_by(settings: Settings, platform: Platform) -> tuple[list[Conversion], int]:
        with duckdb.connect() as mart:
            mart.execute(TABLES.format(click="gclid" if platform == "google" else "fbclid"))
            mart.execute("alter table fct_leads add column email_hash varchar")
            mart.execute("alter table fct_leads add column phone_hash varchar")
            mart.execute("update fct_leads set email_hash = 'he', phone_hash = 'hp' where lead_key = 'crm:L3'")
            return conversions(mart, settings, platform, MARCH)

    found, without = exported_by(settings, "google")
    assert ([c.deal for c in found], without) == (["crm:1", "crm:2"], 1)
    assert google_contacts(found, "Won deal", settings) is None

    found, without = exported_by(allowed, "google")
    assert ([c.deal for c in found], without) == (["crm:1", "crm:2", "crm:3"], 0)
    email, phone = (hashlib.sha256(text).hexdigest() for text in (b"ann@gmail.com", b"+493012345678"))
    by_contact = google_contacts(found, "Won deal", allowed)
    assert by_contact is not None
    assert by_contact.splitlines() == [
        "Parameters:TimeZone=+0000",
        "Email,Phone Number,Conversion Name,Conversion Time,Conversion Value,Conversion Currency",
        f"{email},{phone},Won deal,2024-03-07 00:00:00,5.00,EUR",
    ]
    assert "@" not in document("google", found, "Won deal", allowed)

    people = [
        event["user_data"]
        for event in json.loads(document("meta", exported_by(allowed, "meta")[0], "W", allowed))["data"]
    ]
    plain = (b"an.n@gmail.com", b"493012345678")
    assert people[2] == dict(zip(("em", "ph"), ([hashlib.sha256(text).hexdigest()] for text in plain), strict=True))

    assert exported_by(allowed, "microsoft")[1] == 3
