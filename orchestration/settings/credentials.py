"""Credentials of the environment: read where they are needed, and kept out of every text that people or logs see."""

import os
import re
from collections.abc import Iterable

from orchestration.errors import CredentialsError

_SECRET = re.compile(r"SECRET|PASSWORD|PASSPHRASE|TOKEN|CREDENTIAL|(^|_)KEY(_|$)|KEY_ID", re.IGNORECASE)
_IN_URL = re.compile(r"(?<=://)[^/@\s]*:[^/@\s]*@")
_IN_QUERY = re.compile(r"(?i)((?:access_token|api_token|token|client_secret|signature|password)=)[^&\s\"']+")
_SHORTEST = 6  # a shorter value would blot out ordinary words


def credential(name: str, purpose: str) -> str:
    """Return the value of the environment variable `name`.

    Raises:
        CredentialsError: it isn't set; the message names it and what it is for, never a value.
    """
    value = os.environ.get(name, "").strip()
    if not value:
        raise CredentialsError(f"{name} is not set in the environment; expected {purpose}")
    return value


def optional_credential(name: str) -> str | None:
    """Return the value of the environment variable `name`, None where it isn't set."""
    return os.environ.get(name, "").strip() or None


def hide_secrets(text: str, further: Iterable[str] = ()) -> str:
    """Return `text` without values of secret-looking environment variables, passwords in URLs, and `further` values."""
    values = [value for name, value in os.environ.items() if _SECRET.search(name)]
    for value in sorted({*values, *further}, key=len, reverse=True):
        if len(value) >= _SHORTEST and not os.path.exists(value):
            text = text.replace(value, "***")
    return without_passwords(text)


def without_passwords(text: str) -> str:
    """Return `text` without the users, passwords and tokens that stand in URLs of it."""
    return _IN_QUERY.sub(r"\1***", _IN_URL.sub("***@", text))


def one_line(error: BaseException) -> str:
    """Return what a foreign library says went wrong: its class if that says more, one line, no secrets."""
    text = " ".join(str(error).split())
    said = text if isinstance(error, OSError) and text else f"{type(error).__name__}: {text}".rstrip(": ")
    return hide_secrets(said)[:300]
