"""Personal data as keyed hashes: what leaves raw is an HMAC that only the holder of the workspace's key can repeat."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable

from orchestration.extracts.source_specs import Personal
from orchestration.extracts.type.erased import PREFIX, hash_of
from orchestration.extracts.type.phones import is_e164, phone
from orchestration.extracts.type.shared import is_nobody

# Some connectors deliver addresses that were hashed before; those are as good an identity as the address.
_ALREADY_HASHED = re.compile(r"[0-9a-f]{32,128}|[0-9A-Za-z+/]{22,}={1,2}")
# From so many different full names on, an address or telephone is shared (int_shared_contacts says the same).
PEOPLE_OF_SHARED = 3
_PLAIN_EMAIL = re.compile(r"[a-zA-Z0-9.!#$%&'*+/=?^_`{}~-]+@[a-zA-Z0-9.-]+")  # nothing to normalise but its case
# One address among several, behind a name, or in a link: `a@x.com; b@x.com`, `Ann <a@x.com>`, `mailto:a@x.com`.
_ADDRESS = re.compile(r"[^\s<>()\[\],;:|\"]+@[^\s<>()\[\],;:|\"@]+")


def hash_people(values: Iterable[str], kind: Personal, region: str | None, key: bytes) -> list[str | None]:
    """HMAC-SHA-256 (hex) of each value's normal form; null for what can't be anybody's e-mail, phone or name."""
    return hash_normals((normalise(value, kind, region) for value in values), key)


def hash_normals(normals: Iterable[str | None], key: bytes) -> list[str | None]:
    """`hash_people` of what `normalise` gave."""
    inner, outer = _keyed(key)
    hashes: list[str | None] = []
    for normal in normals:
        forgotten = hash_of(normal) if normal and normal.startswith(PREFIX) else None
        if forgotten:
            hashes.append(forgotten)
            continue
        if normal is None:
            hashes.append(None)
            continue
        first, second = inner.copy(), outer.copy()
        first.update(normal.encode())
        second.update(first.digest())
        hashes.append(second.hexdigest())
    return hashes


def _keyed(key: bytes) -> "tuple[hashlib._Hash, hashlib._Hash]":
    """The two hashes of HMAC (RFC 2104) after the key: to copy them is three times as fast as to begin again."""
    padded = (hashlib.sha256(key).digest() if len(key) > 64 else key).ljust(64, b"\0")
    return hashlib.sha256(bytes(x ^ 0x36 for x in padded)), hashlib.sha256(bytes(x ^ 0x5C for x in padded))


def normalise(value: str, kind: Personal, region: str | None) -> str | None:
    """The form under which two spellings of the same person are equal.

    `n/a` typed as an e-mail or `-` as a phone gives null: else everybody without one would be the same person. What
    stands for somebody who was forgotten stays: it says its hash.
    """
    if value.startswith(PREFIX) and hash_of(value):
        return value
    if kind == "email":
        return _email(value)
    if kind == "phone":
        return value if is_e164(value) else phone(value, region)
    name = " ".join(unicodedata.normalize("NFKC", value).casefold().split())
    return None if not name or is_nobody(name) else name


def _email(value: str) -> str | None:
    """The first address that stands there."""
    if _PLAIN_EMAIL.fullmatch(value):
        return value.lower()
    if _ALREADY_HASHED.fullmatch(value.strip()):
        return value.strip()
    email = unicodedata.normalize("NFKC", value).strip().lower()
    found = _ADDRESS.search(email)
    return found[0] if found else None
