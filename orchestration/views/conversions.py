"""Won deals as conversions in the upload format of an ad platform, so that it learns from real sales. Nothing is sent.

A deal's click is that of its lead, else the last one of its person before it closed, of the kind that the platform
gives. A close known by its day alone means the end of that day, as everywhere. Left out: deals whose closing date is
estimated (a platform would book them on a wrong day), and those without such a click; Google and Meta take hashed
contacts instead, where the workspace allows it.
"""

import csv
import datetime as dt
import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal
from zoneinfo import ZoneInfo

import duckdb

from orchestration.errors import PublishError
from orchestration.settings import Settings
from orchestration.views.contacts import NOBODY, Contact, contacts, google_email, sha256
from orchestration.views.reader import rows

Platform = Literal["google", "meta", "yandex", "microsoft"]
CLICK_IDS = {"google": "gclid", "meta": "fbclid", "yandex": "yclid", "microsoft": "msclkid"}
TAKE_CONTACTS: tuple[Platform, ...] = ("google", "meta")
SUFFIXES = {"google": "csv", "meta": "json", "yandex": "csv", "microsoft": "csv"}
QUERY = """
    with won as (
        select deal_key, lead_key, person_key, closed_at, closed_at_is_date, closed_date, amount from fct_deals
        where counts_won and not closed_at_is_estimated and closed_date >= ?
    ),
    clicks as (
        select won.deal_key, 0 as place, fct_leads.created_at as clicked_at, fct_leads.click_id
        from won inner join fct_leads using (lead_key) where lower(fct_leads.click_id_type) = ?
        union all
        select won.deal_key, 1 as place, fct_touches.touched_at as clicked_at, fct_touches.click_id
        from won inner join fct_touches using (person_key)
        where lower(fct_touches.click_id_type) = ? and not fct_touches.is_test
            and fct_touches.touched_date <= won.closed_date
            and (won.closed_at_is_date or fct_touches.touched_at <= won.closed_at)
    ),
    chosen as (
        select * from clicks where click_id is not null
        qualify row_number() over (partition by deal_key order by place, clicked_at desc, click_id) = 1
    )
    select won.*, chosen.click_id, chosen.clicked_at from won left join chosen using (deal_key)
    order by won.closed_date, won.deal_key"""


@dataclass(frozen=True)
class Conversion:
    """A won deal and the click that led to it, else whom it was won from; times UTC, reporting currency."""

    deal: str
    click_id: str | None
    clicked_at: dt.datetime | None
    closed_at: dt.datetime
    amount: Decimal | None
    contact: Contact = NOBODY


def conversions(
    mart: duckdb.DuckDBPyConnection, settings: Settings, platform: Platform, since: dt.date
) -> tuple[list[Conversion], int]:
    """Won deals closed on `since` or later that have a click of the platform (or a contact), and how many have none.

    Raises:
        PublishError: the mart was published by a version that kept no click ids.
    """
    click = CLICK_IDS[platform]
    try:
        found = rows(mart, QUERY, [since, click, click])
    except duckdb.BinderException as error:
        raise PublishError(
            f"{settings.published_path}: has no click ids; expected a mart of this version: funnelmart run"
        ) from error
    zone = ZoneInfo(settings.reporting.timezone)
    known: dict[str, Contact] = {}
    if settings.conversions.hashed_contacts and platform in TAKE_CONTACTS:
        known = contacts(mart, settings, [row["lead_key"] for row in found if not row["click_id"]])
    kept = [
        Conversion(
            row["deal_key"],
            row["click_id"],
            row["clicked_at"].replace(tzinfo=dt.UTC) if row["clicked_at"] else None,
            _closed(row, zone),
            row["amount"],
            NOBODY if row["click_id"] else known[row["lead_key"]],
        )
        for row in found
        if row["click_id"] or row["lead_key"] in known
    ]
    return kept, len(found) - len(kept)


def _closed(row: dict[str, Any], zone: ZoneInfo) -> dt.datetime:
    if row["closed_at_is_date"]:
        return dt.datetime.combine(row["closed_date"], dt.time(23, 59, 59), zone).astimezone(dt.UTC)
    closed: dt.datetime = row["closed_at"]
    return closed.replace(tzinfo=dt.UTC)


def document(platform: Platform, found: list[Conversion], name: str, settings: Settings) -> str:
    """The text of the file that the platform takes; `name` is what the conversion (Yandex: goal) is called."""
    return FORMATS[platform](found, name, settings.reporting.currency)


def _google(found: list[Conversion], name: str, currency: str) -> str:
    """Google Ads, "Uploads" of conversions from clicks: times in the zone that the first line names."""
    lines: list[list[Any]] = [
        ["Parameters:TimeZone=+0000"],
        ["Google Click ID", "Conversion Name", "Conversion Time", "Conversion Value", "Conversion Currency"],
    ]
    lines += [[c.click_id, name, _google_time(c), _money(c), currency] for c in found if c.click_id]
    return _csv(lines)


def google_contacts(found: list[Conversion], name: str, settings: Settings) -> str | None:
    """Google Ads, upload of enhanced conversions for leads: deals without a click, by contact; None without any."""
    lines: list[list[Any]] = [
        ["Parameters:TimeZone=+0000"],
        ["Email", "Phone Number", "Conversion Name", "Conversion Time", "Conversion Value", "Conversion Currency"],
    ]
    lines += [
        [
            google_email(c.contact.email) if c.contact.email else "",
            sha256(c.contact.phone) if c.contact.phone else "",
            name,
            _google_time(c),
            _money(c),
            settings.reporting.currency,
        ]
        for c in found
        if not c.click_id
    ]
    return _csv(lines) if len(lines) > 2 else None


def _google_time(conversion: Conversion) -> str:
    return f"{conversion.closed_at:%Y-%m-%d %H:%M:%S}"


def _microsoft(found: list[Conversion], name: str, currency: str) -> str:
    """Microsoft Advertising, bulk file with records "Offline Conversion", format version 6.0; times UTC."""
    header = ["Type", "Status", "Id", "Parent Id", "Client Id", "Name", "Conversion Currency Code"]
    header += ["Conversion Name", "Conversion Time", "Conversion Value", "Microsoft Click Id"]
    lines: list[list[Any]] = [header, ["Format Version", "", "", "", "", "6.0", "", "", "", "", ""]]
    for c in found:
        at = c.closed_at
        time = f"{at.month}/{at.day}/{at.year} {at.hour % 12 or 12}:{at:%M:%S} {'AM' if at.hour < 12 else 'PM'}"
        lines.append(["Offline Conversion", "", "", "", c.deal, "", currency, name, time, _money(c), c.click_id])
    return _csv(lines)


def _yandex(found: list[Conversion], name: str, currency: str) -> str:
    """Yandex Metrica, offline conversions by yclid: seconds since 1970, UTC."""
    lines: list[list[Any]] = [["Yclid", "Target", "DateTime", "Price", "Currency"]]
    lines += [[c.click_id, name, int(c.closed_at.timestamp()), _money(c), currency] for c in found]
    return _csv(lines)


def _meta(found: list[Conversion], name: str, currency: str) -> str:
    """Meta, body of a request to the Conversions API: `fbc` holds the click's id and its time in milliseconds.

    `em` and `ph` are hashes of contacts, telephones without their plus sign.
    """
    data = [
        {
            "event_name": name,
            "event_time": int(c.closed_at.timestamp()),
            "event_id": c.deal,
            "action_source": "system_generated",
            "user_data": _meta_person(c),
            "custom_data": {"currency": currency} | ({} if c.amount is None else {"value": float(c.amount)}),
        }
        for c in found
    ]
    return json.dumps({"data": data}, indent=2, ensure_ascii=False) + "\n"


def _meta_person(conversion: Conversion) -> dict[str, Any]:
    if conversion.click_id and conversion.clicked_at:
        return {"fbc": f"fb.1.{int(conversion.clicked_at.timestamp() * 1000)}.{conversion.click_id}"}
    email, phone = conversion.contact.email, conversion.contact.phone
    said = {"em": email, "ph": phone.removeprefix("+") if phone else None}
    return {key: [sha256(value)] for key, value in said.items() if value}


def _money(conversion: Conversion) -> str:
    return "" if conversion.amount is None else str(conversion.amount)


def _csv(lines: list[list[Any]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(lines)
    return text.getvalue()


FORMATS: dict[str, Callable[[list[Conversion], str, str], str]] = {
    "google": _google,
    "meta": _meta,
    "yandex": _yandex,
    "microsoft": _microsoft,
}
