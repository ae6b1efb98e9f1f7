"""Nothing of a message is anybody's secret or personal data, whatever an error or a check says."""

import re

from data_checks.masking import shape

_EMAIL = re.compile(r"[^\s@<>()\"',;]+@[^\s@<>()\"',;]+")
_PHONE = re.compile(r"(?<![\w-])(?:\+\d[\d\s().-]{6,}\d|\(?\d{2,5}\)?[\s/-]\d[\d\s.-]{4,}\d)(?![\w-])")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?: \d{2})?")  # of a time only the hour is taken for a part of a number
_URL = re.compile(r"\b([a-z][a-z0-9+.-]*://)(?:[^\s/@]*@)?([^\s?#'\"]*)(?:[?#][^\s'\"]*)?", re.IGNORECASE)
_QUOTED = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"")
_LENGTH = 500


def harmless(text: str) -> str:
    """Return `text` on one line, with addresses of people and telephones by their shape, URLs without credentials."""
    plain = _URL.sub(r"\1\2", " ".join(text.split()))
    plain = _EMAIL.sub(lambda found: shape(found[0]), plain)
    plain = _PHONE.sub(lambda found: found[0] if _DATE.fullmatch(found[0].strip()) else shape(found[0]), plain)
    return plain if len(plain) <= _LENGTH else plain[: _LENGTH - 1] + "…"


def without_values(text: str) -> str:
    """Return `text` with all that is quoted by its shape: an engine quotes the value it could not read."""
    return harmless(_QUOTED.sub(lambda found: shape(found[0]), text))
