"""Contacts as ad platforms match them: SHA-256 of the normal form, without a key, so that the platform can repeat it.

Only where the workspace allows it (`conversions: {hashed_contacts: true}`): whoever knows an address can tell whether
it is in such a file. The published mart has keyed hashes alone; the addresses themselves stand in raw.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

import duckdb

from orchestration.extracts.sources import SHEETS, load_sources
from orchestration.extracts.sql import identifier
from orchestration.extracts.type.erased import PREFIX
from orchestration.extracts.type.people import normalise
from orchestration.settings import Settings
from orchestration.views.reader import rows
from orchestration.warehouse import open_warehouse

Kind = Literal["email", "phone"]
_KINDS: tuple[Kind, Kind] = ("email", "phone")
_WITHOUT_DOTS = ("gmail.com", "googlemail.com")


@dataclass(frozen=True)
class Contact:
    """Normal forms of a lead's address (lower case) and telephone (E.164); None where there is none."""

    email: str | None = None
    phone: str | None = None


NOBODY = Contact()


def contacts(mart: duckdb.DuckDBPyConnection, settings: Settings, leads: Iterable[str]) -> dict[str, Contact]:
    """The contact of each of these leads (`lead_key`) that has one."""
    wanted = set(leads)
    found = rows(mart, "select lead_key, email_hash, phone_hash from fct_leads")
    hashes = {row["lead_key"]: row for row in found if row["lead_key"] in wanted}
    plain = _plain(settings, {kind: {row[f"{kind}_hash"] for row in hashes.values()} - {None} for kind in _KINDS})
    known = {
        lead: Contact(plain["email"].get(row["email_hash"]), plain["phone"].get(row["phone_hash"]))
        for lead, row in hashes.items()
    }
    return {lead: contact for lead, contact in known.items() if contact != NOBODY}


def google_email(email: str) -> str:
    """Hash as Google asks for it: at Gmail dots before the @ don't count."""
    name, _, domain = email.rpartition("@")
    return sha256(f"{name.replace('.', '')}@{domain}" if domain in _WITHOUT_DOTS else email)


def sha256(text: str) -> str:
    """The hash in hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(settings: Settings, hashes: Mapping[Kind, set[str]]) -> dict[Kind, dict[str, str]]:
    """Keyed hash -> normal form, from the columns of raw that hold e-mail addresses and telephones of customers."""
    found: dict[Kind, dict[str, str]] = {"email": {}, "phone": {}}
    sources = load_sources()
    with open_warehouse(settings.warehouse_path, read_only=True) as warehouse:
        there = {
            (schema, table, column)
            for schema, table, column in warehouse.execute(
                "select schema_name, table_name, column_name from duckdb_columns()"
            ).fetchall()
        }
        for source in (SHEETS, *settings.sources):
            for table in sources[source].tables.values():
                for column in table.columns:
                    kind, hashed = column.personal, f"{column.name}_hash"
                    if kind is None or kind == "name" or (f"raw_{source}", table.name, hashed) not in there:
                        continue
                    query = f"""
                        select {identifier(hashed)}, min({identifier(column.name)}) from {table.relation}
                        where {identifier(hashed)} in (select unnest(?)) group by all"""
                    for hash_, value in warehouse.execute(query, [sorted(hashes[kind])]).fetchall():
                        normal = None if not value or value.startswith(PREFIX) else _normal(value, kind, settings)
                        if normal:
                            found[kind][hash_] = normal
    return found


def _normal(value: str, kind: Kind, settings: Settings) -> str | None:
    normal = normalise(value, kind, settings.leads.phone_region)
    # what a connector delivered hashed already is no address that could be hashed again
    return normal if normal and ("@" in normal if kind == "email" else normal.startswith("+")) else None
