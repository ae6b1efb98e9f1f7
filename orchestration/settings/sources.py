"""Where the data comes from: connectors, their APIs, and any tabular file mapped to an entity."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Literal

from pydantic import Field, field_validator, model_validator

from orchestration.settings.formats import Formats
from orchestration.settings.strict import Strict, as_list, known_currency, known_timezone, lists, texts


class Pull(Strict):
    """How a source is pulled from its API: from which day on, which accounts, and where the API is if not as usual."""

    since: dt.date | None = None
    restate_days: int | None = Field(default=None, ge=0, le=400)
    accounts: list[str] = []
    url: str | None = Field(default=None, pattern="^https?://[^/@?#]+(/[^@?#]*)?$")
    version: str | None = Field(default=None, pattern=r"^v\d+(\.\d+)?$")


class Source(Strict):
    """One connector-landed source: where its files are and how its own fields differ from the documented ones."""

    path: str
    pull: Pull | None = None
    timezone: str | None = None
    currency: str | None = None
    fields: dict[str, str] = {}  # "<entity>.<canonical field>": column of the raw table
    formats: Formats = Formats()

    _check_timezone = field_validator("timezone")(known_timezone)
    _check_currency = field_validator("currency")(known_currency)


class Unfold(Strict):
    """Columns that are periods (or members) and become rows: `into` names the new column of their names."""

    columns: list[str] = Field(min_length=1)
    into: str = Field(min_length=1)
    value: str = Field(min_length=1)

    @field_validator("columns", mode="before")
    @classmethod
    def _texts(cls, value: Any) -> Any:
        return as_list(value)

    @model_validator(mode="after")
    def _names_differ(self) -> "Unfold":
        if self.into == self.value or {self.into, self.value} & set(self.columns):
            raise ValueError("into, value and columns are names of different columns")
        return self


class Sheet(Strict):
    """Any tabular file mapped to one canonical entity, without code."""

    entity: str
    files: list[str]
    timezone: str | None = None
    currency: str | None = None
    formats: Formats = Formats()
    fields: dict[str, str] = {}
    constants: dict[str, str] = {}
    defaults: dict[str, str] = {}
    values: dict[str, dict[str, str]] = {}
    where: dict[str, list[str]] = {}
    where_not: dict[str, list[str]] = {}
    timezones: dict[str, str] = {}  # column of the file: its zone, where it differs from the sheet's
    unfold: Unfold | None = None
    key: list[str] | Literal["row"] | None = None
    replace_by: list[str] | Literal["file", "key", "snapshot"] = "file"
    exact_duplicates: Literal["keep", "drop"] = "keep"

    _check_timezone = field_validator("timezone")(known_timezone)
    _check_currency = field_validator("currency")(known_currency)

    @field_validator("timezones")
    @classmethod
    def _known_zones(cls, value: dict[str, str]) -> dict[str, str]:
        for zone in value.values():
            known_timezone(zone)
        return value

    @model_validator(mode="before")
    @classmethod
    def _shapes(cls, data: Any) -> Any:
        """`files: x` is `files: [x]`; scalars become text; `where: {not: {…}}` becomes `where_not`."""
        if not isinstance(data, Mapping):
            return data
        data = dict(data)
        if isinstance(data.get("files"), str):
            data["files"] = [data["files"]]
        if isinstance(data.get("key"), str) and data["key"] != "row":
            data["key"] = [data["key"]]
        for name in ("constants", "defaults"):
            if name in data:
                data[name] = texts(data[name])
        if isinstance(data.get("values"), Mapping):
            data["values"] = {field: texts(mapping) for field, mapping in data["values"].items()}
        if isinstance(data.get("where"), Mapping):
            where = dict(data["where"])
            data["where_not"] = lists(where.pop("not", {}))
            data["where"] = lists(where)
        return data
