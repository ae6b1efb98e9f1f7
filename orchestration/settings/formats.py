"""How a file writes its values."""

import codecs
import re
from typing import Any, Literal

from pydantic import Field, field_validator, model_validator

from orchestration.settings.strict import Strict, as_list


class Formats(Strict):
    """How one file writes its values. Defaults: ISO dates and times, decimal point, no thousands mark."""

    delimiter: str | None = None
    quote: str = '"'
    encoding: str | None = None
    sheet: str | None = None
    skip_rows: int = Field(default=0, ge=0)  # at most limits.skip_rows
    records: str | None = None  # where in nested JSON the records stand, such as data.items
    date: str | None = None
    timestamp: str | None = None
    decimal: Literal[".", ","] = "."
    thousands: Literal[".", ",", " ", "'", ""] = ""
    null_values: list[str] = [""]
    header_rows: int = Field(default=1, ge=1, le=3)  # lines that together name the columns
    period: Literal["week", "month", "quarter", "range"] | None = None  # what a date column stands for

    @field_validator("delimiter")
    @classmethod
    def _one_character(cls, value: str | None) -> str | None:
        value = {"tab": "\t", "\\t": "\t"}.get(value or "", value)
        if value is not None and (len(value) != 1 or value in "\r\n"):
            raise ValueError("expected one character, or tab")
        return value

    @field_validator("quote")
    @classmethod
    def _at_most_one_character(cls, value: str) -> str:
        if len(value) > 1 or value in ("\r", "\n"):
            raise ValueError("expected one character, or '' where values are never quoted")
        return value

    @field_validator("records")
    @classmethod
    def _nonempty(cls, value: str | None) -> str | None:
        if value is not None and not re.fullmatch(r"[^.\[\]]+(\.[^.\[\]]+)*", value):
            raise ValueError("expected names of members with dots between them, such as data.items")
        return value

    @field_validator("encoding")
    @classmethod
    def _known_encoding(cls, value: str | None) -> str | None:
        try:
            if value is None:
                return None
            codecs.lookup(value)
            "".encode(value)  # refuses what Python calls a codec and is no encoding of text, such as zlib or rot13
            return codecs.lookup(value).name
        except LookupError:
            raise ValueError("unknown encoding; expected a name such as utf-8, utf-16 or windows-1251") from None

    @field_validator("date", "timestamp")
    @classmethod
    def _whole_day(cls, value: str | None) -> str | None:
        """A format that can't tell the day would make DuckDB fill in the first of January without a word.

        One that can't tell morning from evening makes it the morning.
        """
        if value is None:
            return value
        parts = set(re.findall(r"%-?(.)", value))
        if unknown := parts - set("aAdbBmyYHIpMSfgnzjTFRDe%"):
            raise ValueError(f"unknown part %{min(unknown)}; expected strptime parts such as %d.%m.%Y %H:%M:%S")
        if not ("F" in parts or "D" in parts or (("y" in parts or "Y" in parts) and ("j" in parts or "d" in parts))):
            raise ValueError("expected a format with day, month and year, such as %d.%m.%Y")
        if "I" in parts and "p" not in parts:
            raise ValueError(
                "%I is an hour of twelve, which says nothing without %p (AM or PM); expected %H, or %I and %p"
            )
        return value

    @field_validator("null_values", mode="before")
    @classmethod
    def _nulls(cls, value: Any) -> Any:
        return as_list(value)

    @model_validator(mode="after")
    def _marks_differ(self) -> "Formats":
        if self.decimal == self.thousands:
            raise ValueError(f"decimal and thousands are both {self.decimal!r}")
        return self
