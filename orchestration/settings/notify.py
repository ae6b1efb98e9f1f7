"""Who is told of what: `notify` in funnelmart.yml. Addresses hold secrets, so they stand in the environment alone."""

import re
from typing import Any, Literal

from pydantic import field_validator

from orchestration.settings.strict import Strict, as_list

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEEKDAYS: tuple[Weekday, ...] = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
Kind = Literal[
    "run_failed",
    "publication_stopped",
    "source_stale",
    "check_failed",
    "goal_off_track",
    "critical_finding",
    "recovered",
]
KINDS: tuple[Kind, ...] = (
    "publication_stopped", "run_failed", "source_stale", "check_failed", "goal_off_track", "critical_finding",
    "recovered",
)  # fmt: skip


class Notify(Strict):
    """To whom, of what, in which language.

    `to` names variables of the environment, each with one Apprise address (https://github.com/caronc/apprise); `locale`
    is that of the report where it is not given; `link` is where people find the folder of the reports; on the day
    `digest` of a week the first minute of the report is sent.
    """

    to: list[str] = []
    about: list[Kind] = list(KINDS)
    locale: Literal["en", "ru"] | None = None
    link: str | None = None
    digest: Weekday | None = None

    @field_validator("to", mode="before")
    @classmethod
    def _names(cls, value: Any) -> Any:
        for name in as_list(value):
            if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name):
                raise ValueError(
                    "expected names of variables of the environment that hold an address, such as "
                    "FUNNELMART_NOTIFY: an address holds a secret and has no place in this file"
                )
        return as_list(value)

    @field_validator("link")
    @classmethod
    def _address(cls, value: str | None) -> str | None:
        if value is not None and not re.fullmatch(r"https?://[^\s@]+", value):
            raise ValueError("expected an address of the reports' folder, such as https://mart.acme.com/reports")
        return value.rstrip("/") if value else value
