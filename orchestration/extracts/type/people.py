"""Personal data as keyed hashes: what leaves raw is an HMAC that only the holder of the workspace's key can repeat."""

import hmac
import re
import unicodedata
from collections.abc import Iterable

import phonenumbers

from orchestration.extracts.sources import Personal

# Some connectors deliver addresses that were hashed before; those are as good an identity as the address.
_ALREADY_HASHED = re.compile(r"[0-9a-f]{32,128}|[0-9A-Za-z+/]{22,}={1,2}")


def hash_people(values: Iterable[str], kind: Personal, region: str | None, key: bytes) -> list[str | None]:
    """HMAC-SHA-256 (hex) of each value's normal form; null for what can't be anybody's e-mail, phone or name."""
    return [
        None if normal is None else hmac.digest(key, normal.encode(), "sha256").hex()
        for normal in (normalise(value, kind, region) for value in values)
    ]


def normalise(value: str, kind: Personal, region: str | None) -> str | None:
    """The form under which two spellings of the same person are equal.

    `n/a` typed as an e-mail or `-` as a phone gives null: else everybody without one would be the same person.
    """
    if kind == "email":
        return _email(value)
    if kind == "phone":
        return _phone(value, region)
    return " ".join(unicodedata.normalize("NFKC", value).casefold().split()) or None


def _email(value: str) -> str | None:
    if _ALREADY_HASHED.fullmatch(value.strip()):
        return value.strip()
    email = unicodedata.normalize("NFKC", value).strip().lower()
    local, _, domain = email.rpartition("@")
    return email if local and domain and not re.search(r"\s", email) else None


def _phone(value: str, region: str | None) -> str | None:
    try:
        number = phonenumbers.parse(value, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
