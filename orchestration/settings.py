"""funnelmart.yml as typed settings: the only reader of settings files and of the environment.

Every mistake ends in one `SettingsError` that names the file, the key and what was expected.
"""

import codecs
import datetime as dt
import os
import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, ClassVar, Literal
from zoneinfo import ZoneInfo, available_timezones

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from orchestration.errors import NoWorkspaceError, SettingsError

SETTINGS_FILE = "funnelmart.yml"
Meaning = Literal["new", "contacted", "qualified", "opportunity", "won", "lost"]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
AttributionModel = Literal[
    "first_touch", "last_touch", "last_non_direct", "linear", "position_based", "w_shaped", "time_decay"
]
Severity = Literal["critical", "warning", "info"]


class _Strict(BaseModel):
    """An unknown key is a mistake, never ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _as_list(value: Any) -> list[str]:
    return ["" if item is None else str(item) for item in (value if isinstance(value, list) else [value])]


def _texts(value: Any) -> Any:
    """A mapping whose values are text; what is no mapping is left for pydantic to complain about."""
    return {str(k): v if v is None else str(v) for k, v in value.items()} if isinstance(value, Mapping) else value


def _lists(value: Any) -> Any:
    return {str(k): _as_list(v) for k, v in value.items()} if isinstance(value, Mapping) else value


def _timezone(value: str | None) -> str | None:
    if value is not None and value not in available_timezones():
        raise ValueError(f"unknown time zone {value!r}; expected an IANA name such as Europe/Berlin")
    return value


def _currency(value: str | None) -> str | None:
    if value is not None and not (len(value) == 3 and value.isascii() and value.isalpha()):
        raise ValueError(f"{value!r} is no currency; expected an ISO 4217 code such as EUR")
    return value.upper() if value else value


class Reporting(_Strict):
    """How the mart reports: one currency, one time zone, one idea of a week and of today."""

    currency: str = "EUR"
    timezone: str = "UTC"
    locale: Literal["en", "ru"] = "en"
    week_start: Weekday = "monday"
    today: dt.date | None = None

    _check_timezone = field_validator("timezone")(_timezone)
    _check_currency = field_validator("currency")(_currency)


class Formats(_Strict):
    """How one file writes its values. Defaults: ISO dates and times, decimal point, no thousands mark."""

    delimiter: str | None = None
    quote: str = '"'
    encoding: str | None = None
    sheet: str | None = None
    skip_rows: int = Field(default=0, ge=0)
    records: str | None = None  # where in nested JSON the records stand, such as data.items
    date: str | None = None
    timestamp: str | None = None
    decimal: Literal[".", ","] = "."
    thousands: Literal[".", ",", " ", "'", ""] = ""
    null_values: list[str] = [""]

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
            return value if value is None else codecs.lookup(value).name
        except LookupError:
            raise ValueError("unknown encoding; expected a name such as utf-8, utf-16 or windows-1251") from None

    @field_validator("date", "timestamp")
    @classmethod
    def _whole_day(cls, value: str | None) -> str | None:
        """A format that can't tell the day would make DuckDB fill in the first of January without a word."""
        if value is None:
            return value
        parts = set(re.findall(r"%-?(.)", value))
        if unknown := parts - set("aAdbBmyYHIpMSfgnzjTFRDe%"):
            raise ValueError(f"unknown part %{min(unknown)}; expected strptime parts such as %d.%m.%Y %H:%M:%S")
        if not ("F" in parts or "D" in parts or (("y" in parts or "Y" in parts) and ("j" in parts or "d" in parts))):
            raise ValueError("expected a format with day, month and year, such as %d.%m.%Y")
        return value

    @field_validator("null_values", mode="before")
    @classmethod
    def _nulls(cls, value: Any) -> Any:
        return _as_list(value)

    @model_validator(mode="after")
    def _marks_differ(self) -> "Formats":
        if self.decimal == self.thousands:
            raise ValueError(f"decimal and thousands are both {self.decimal!r}")
        return self


class Pull(_Strict):
    """How a source is pulled from its API: from which day on, which accounts, and where the API is if not as usual."""

    since: dt.date | None = None
    restate_days: int | None = Field(default=None, ge=0, le=400)
    accounts: list[str] = []
    url: str | None = Field(default=None, pattern="^https?://[^/@?#]+(/[^@?#]*)?$")
    version: str | None = Field(default=None, pattern=r"^v\d+(\.\d+)?$")


class Source(_Strict):
    """One connector-landed source: where its files are and how its own fields differ from the documented ones."""

    path: str
    pull: Pull | None = None
    timezone: str | None = None
    currency: str | None = None
    fields: dict[str, str] = {}  # "<entity>.<canonical field>": column of the raw table
    formats: Formats = Formats()

    _check_timezone = field_validator("timezone")(_timezone)
    _check_currency = field_validator("currency")(_currency)


class Sheet(_Strict):
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
    key: list[str] | Literal["row"] | None = None
    replace_by: list[str] | Literal["file", "key", "snapshot"] = "file"
    exact_duplicates: Literal["keep", "drop"] = "keep"

    _check_timezone = field_validator("timezone")(_timezone)
    _check_currency = field_validator("currency")(_currency)

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
                data[name] = _texts(data[name])
        if isinstance(data.get("values"), Mapping):
            data["values"] = {field: _texts(mapping) for field, mapping in data["values"].items()}
        if isinstance(data.get("where"), Mapping):
            where = dict(data["where"])
            data["where_not"] = _lists(where.pop("not", {}))
            data["where"] = _lists(where)
        return data


class _OriginRule(_Strict):
    """First match wins; all conditions of a rule must hold; values compare case-insensitively."""

    when: dict[
        Literal[
            "utm_source", "utm_medium", "utm_campaign", "utm_content", "utm_term",
            "channel", "campaign_id", "campaign_name", "landing_page", "platform", "source",
        ],
        list[str],
    ] = Field(min_length=1)  # fmt: skip

    @field_validator("when", mode="before")
    @classmethod
    def _values(cls, value: Any) -> Any:
        return _lists(value)


class ChannelRule(_OriginRule):
    """Which channel an origin is, and whether it is paid."""

    channel: str
    paid: bool | None = None


class CampaignRule(_OriginRule):
    """Which campaign an origin means that neither id nor name tells: its id or name in ad spend, and its account."""

    campaign: str
    account: str | None = None


class Leads(_Strict):
    """Deduplication: a further lead of the same person within the window of the first is a duplicate; 0 is off."""

    deduplicate_days: int = Field(default=90, ge=0)
    phone_region: str | None = Field(default=None, pattern="^[A-Z]{2}$")


_HOURS = "09:00-18:00"


class Calendar(_Strict):
    """When sales works, in the reporting zone: hours or `closed` by weekday, and holidays."""

    monday: str = _HOURS
    tuesday: str = _HOURS
    wednesday: str = _HOURS
    thursday: str = _HOURS
    friday: str = _HOURS
    saturday: str = "closed"
    sunday: str = "closed"
    holidays: list[dt.date] = []

    @field_validator("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    @classmethod
    def _readable(cls, value: str) -> str:
        _seconds_of(value)
        return value

    def hours(self) -> list[tuple[int, int, int]]:
        """Weekday (0 Monday), second of the day at which work begins, second at which it ends; open days only."""
        week = [self.monday, self.tuesday, self.wednesday, self.thursday, self.friday, self.saturday, self.sunday]
        spans = [(weekday, _seconds_of(text)) for weekday, text in enumerate(week)]
        return [(weekday, *span) for weekday, span in spans if span is not None]


def _seconds_of(text: str) -> tuple[int, int] | None:
    """`09:00-18:00` as seconds of the day; None for `closed`."""
    if text == "closed":
        return None
    found = re.fullmatch(r"(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})", text)
    numbers = [int(part) for part in found.groups()] if found else [0, 0, 0, 0]
    opens, closes = numbers[0] * 3600 + numbers[1] * 60, numbers[2] * 3600 + numbers[3] * 60
    if not opens < closes <= 86400:
        raise ValueError(f"{text!r}: expected hours such as 09:00-18:00, or closed")
    return opens, closes


class Attribution(_Strict):
    """Look-back in days before the deal closed, the model behind roas and roi, half-life in days of time decay."""

    lookback_days: int = Field(default=90, gt=0)
    default_model: AttributionModel = "last_touch"
    half_life_days: Decimal = Field(default=Decimal(7), gt=0)


class Economics(_Strict):
    """Gross margin (share of revenue) where neither line nor deal knows its cost: one number, or one per product."""

    gross_margin: Decimal | dict[str, Decimal] = Decimal(1)

    @field_validator("gross_margin")
    @classmethod
    def _share(cls, value: Decimal | dict[str, Decimal]) -> Decimal | dict[str, Decimal]:
        for margin in value.values() if isinstance(value, dict) else [value]:
            if not Decimal(-10) <= margin <= 1:
                raise ValueError(f"gross margin {margin}: expected a share of revenue, at most 1")
        return value


class Check(_Strict):
    """How one check differs from its default."""

    threshold: Decimal | None = None
    severity: Severity | None = None


class Publish(_Strict):
    """How many published marts are kept for a rollback, and whether the mart is written as Parquet too."""

    keep: int = Field(default=5, ge=1)
    parquet: bool = False


class Settings(_Strict):
    """One workspace: the file's content and the folder it lies in."""

    workspace: Path
    company: str
    reporting: Reporting = Reporting()
    sources: dict[str, Source] = {}
    sheets: list[Sheet] = []
    stages: dict[str, Meaning] = {}
    channels: list[ChannelRule] = []
    campaigns: list[CampaignRule] = []
    qualified_when: dict[str, list[str]] = {}
    duplicate_when: dict[str, list[str]] = {}
    test_when: dict[str, list[str]] = {}
    leads: Leads = Leads()
    sla_minutes: int = Field(default=60, gt=0)
    calendar: Calendar = Calendar()
    attribution: Attribution = Attribution()
    economics: Economics = Economics()
    checks: dict[str, Check] = {}
    findings: dict[str, Check] = {}
    publish: Publish = Publish()

    @model_validator(mode="before")
    @classmethod
    def _shapes(cls, data: Any) -> Any:
        """`sources.sheets` is a list of files, not a connector: it gets a field of its own."""
        if not isinstance(data, Mapping):
            return data
        data = dict(data)
        if isinstance(data.get("sources"), Mapping) and "sheets" in data["sources"]:
            data["sheets"] = data["sources"]["sheets"]
            data["sources"] = {k: v for k, v in data["sources"].items() if k != "sheets"}
        for name in ("qualified_when", "duplicate_when", "test_when"):
            if name in data:
                data[name] = _lists(data[name])
        if isinstance(data.get("stages"), Mapping):
            data["stages"] = {str(k): v for k, v in data["stages"].items()}
        return data

    @property
    def warehouse_path(self) -> Path:
        """The working database; only the pipeline opens it."""
        return self.workspace / "warehouse.duckdb"

    @property
    def published_path(self) -> Path:
        """The mart that BI reads."""
        return self.workspace / "published" / "mart.duckdb"

    @property
    def reports_path(self) -> Path:
        """Folder of the KPI report, the dbt docs and the data docs."""
        return self.workspace / "reports"

    @property
    def state_path(self) -> Path:
        """Folder of what only the machine reads: dbt target, Dagster storage, lock, key."""
        return self.workspace / ".funnelmart"

    def today(self, now: dt.datetime) -> dt.date:
        """The reporting day: fixed by the settings, else `now` (aware) in the reporting zone."""
        return self.reporting.today or now.astimezone(ZoneInfo(self.reporting.timezone)).date()


class _AsWritten(yaml.SafeLoader):
    """YAML whose scalars stay as they are written, since settings name values of files.

    Plain YAML reads `yes` as true, `007` as 7 and `0:26:43` as 1603, and of a key given twice silently takes the last.
    Numbers, dates and booleans are converted where a setting is one.
    """

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {  # type: ignore[misc]
        first: [item for item in resolvers if item[0].rpartition(":")[2] in ("null", "merge")]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [key.value for key, _ in node.value]
        for key in keys:
            if keys.count(key) > 1 and key != "<<":
                raise yaml.constructor.ConstructorError(None, None, f"key {key!r} is given twice", node.start_mark)
        return super().construct_mapping(node, deep)


def workspace_path(option: Path | None = None) -> Path:
    """The workspace folder: the option, else FUNNELMART_WORKSPACE, else `demo/` beside the code."""
    named = option or os.environ.get("FUNNELMART_WORKSPACE")
    return Path(named).expanduser().resolve() if named else Path(__file__).resolve().parent.parent / "demo"


def schedule_cron() -> str:
    """When the daily schedule runs, as cron in the reporting zone: FUNNELMART_SCHEDULE, else six in the morning."""
    return os.environ.get("FUNNELMART_SCHEDULE") or "0 6 * * *"


def pull_cron() -> str:
    """When APIs are pulled, as cron in the reporting zone: FUNNELMART_PULL_SCHEDULE, else five in the morning."""
    return os.environ.get("FUNNELMART_PULL_SCHEDULE") or "0 5 * * *"


def reports_url() -> str | None:
    """Where the documents of the workspace are served; None unless `funnelmart ui` has started a server for them."""
    return os.environ.get("FUNNELMART_REPORTS_URL")


def load_settings(workspace: Path) -> Settings:
    """Read and check `<workspace>/funnelmart.yml`.

    Raises:
        SettingsError: the file is missing, is no YAML, or a key or value in it is wrong.
    """
    path = workspace / SETTINGS_FILE
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise NoWorkspaceError(f"{path}: no such file; a workspace is a folder with a {SETTINGS_FILE}") from None
    return parse_settings(text, workspace)


def read_as_written(text: str) -> Any:
    """The content of a settings file, its scalars as text.

    Raises:
        yaml.YAMLError: it is no YAML, or has a key twice.
    """
    return yaml.load(text, _AsWritten)


def parse_settings(text: str, workspace: Path) -> Settings:
    """The settings that `text` would be as the file of `workspace`.

    Raises:
        SettingsError: it is no YAML, or a key or value in it is wrong.
    """
    path = workspace / SETTINGS_FILE
    try:
        data = read_as_written(text)
    except yaml.YAMLError as error:
        raise SettingsError(f"{path}: not readable as YAML: {error}") from error
    if not isinstance(data, dict):
        raise SettingsError(f"{path}: expected keys such as company, reporting, sources; found {type(data).__name__}")
    if "workspace" in data or "sheets" in data:
        raise SettingsError(
            f"{path}: unknown key {'workspace' if 'workspace' in data else 'sheets (it belongs under sources)'}"
        )
    try:
        return Settings.model_validate({**data, "workspace": workspace.resolve()})
    except ValidationError as error:
        raise SettingsError(f"{path}: " + "; ".join(_explain(problem) for problem in error.errors())) from error


def _explain(problem: Any) -> str:
    key = re.sub(r"\.(\d+)", r"[\1]", ".".join(str(part) for part in problem["loc"]))
    key = f"sources.{key}" if key.startswith("sheets") else key
    if problem["type"] == "extra_forbidden":
        return f"{key}: unknown key"
    return f"{key}: {problem['msg'].removeprefix('Value error, ')} (found {problem['input']!r})"


def person_key(settings: Settings) -> bytes:
    """The key of the HMAC over personal data: FUNNELMART_PERSON_KEY, else generated once into the workspace (0600)."""
    from_environment = os.environ.get("FUNNELMART_PERSON_KEY")
    if from_environment:
        return from_environment.encode()
    path = settings.state_path / "person.key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(os.urandom(32).hex())
    return path.read_text().encode()
