"""Contact details that are nobody's own: addresses of a role, fillers of a form, names of nobody."""

import re
from functools import cache
from pathlib import Path

import yaml

from orchestration.extracts.source_specs import Personal
from orchestration.extracts.type.phones import national

_SAME_DIGIT = re.compile(r"(\d)\1{5,}")
_SHORTEST = 6
# Digits typed in the order of the keys, at least six of them.
_COUNTED = frozenset(
    run[:length] for run in ("0123456789", "1234567890", "9876543210") for length in range(_SHORTEST, len(run) + 1)
)
_ENDS = frozenset(run[-_SHORTEST:] for run in _COUNTED) | frozenset(digit * _SHORTEST for digit in "0123456789")


@cache
def words(kind: str) -> frozenset[str]:
    """The words of `shared.yml` of one kind: roles, fillers or nobody."""
    said = yaml.safe_load((Path(__file__).parent / "shared.yml").read_text(encoding="utf-8"))
    return frozenset(map(str, said[kind]))


def is_shared(normal: str, kind: Personal) -> bool:
    """Whether the normal form of an e-mail or telephone is that of a role or a filler: several people may have it."""
    if kind == "email":
        local = normal.rpartition("@")[0].partition("+")[0]
        return local in words("roles") or is_filler(local)
    if kind != "phone" or normal[-_SHORTEST:] not in _ENDS:
        return False
    number = national(normal)
    return bool(_SAME_DIGIT.fullmatch(number)) or number in _COUNTED


def is_test(normal: str, kind: Personal) -> bool:
    """Whether the normal form is that of a form's own test record: `test@…`, Meta's `<test lead: dummy data for …>`."""
    if kind == "email":
        return normal.rpartition("@")[0].partition("+")[0] == "test"
    return kind == "name" and normal.startswith("<test lead")


def is_filler(text: str) -> bool:
    """Whether a text only fills a field that must not be empty, such as `n/a`, `noemail` or `xxx`."""
    letters = text if text.isalnum() and text.islower() else re.sub(r"[\W_]+", "", text.casefold())
    return letters in words("fillers") or (len(letters) > 2 and len(set(letters)) == 1)


def is_nobody(name: str) -> bool:
    """Whether a name is what telephones and forms write where they know nobody."""
    plain = " ".join(re.sub(r"[\W_]+", " ", name.casefold()).split())
    return not plain or plain in words("nobody") or (len(plain) > 2 and len(set(plain)) == 1)
