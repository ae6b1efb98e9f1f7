"""One workspace: all that funnelmart.yml may say, and where the files of the workspace lie."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import Field, field_validator, model_validator

from orchestration.settings.engine import Engine
from orchestration.settings.limits import Limits
from orchestration.settings.notify import Notify
from orchestration.settings.origins import CampaignRule, ChannelRule
from orchestration.settings.sources import Sheet, Source
from orchestration.settings.strict import Strict, known_currency, known_timezone, lists
from orchestration.settings.working_hours import Calendar

Meaning = Literal["new", "contacted", "qualified", "opportunity", "won", "lost"]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
AttributionModel = Literal[
    "first_touch", "last_touch", "last_non_direct", "last_paid_touch", "linear", "position_based", "w_shaped",
    "time_decay",
]  # fmt: skip
CustomerIds = Literal["auto", "company", "person"]
Severity = Literal["critical", "warning", "info"]
_CENTURY = 36_525  # days
_LARGEST = Decimal(10) ** 11  # what the table of thresholds holds with six decimals


class Reporting(Strict):
    """How the mart reports: one currency, one time zone, one idea of a week and of today."""

    currency: str = "EUR"
    timezone: str = "UTC"
    locale: Literal["en", "ru"] = "en"
    week_start: Weekday = "monday"
    today: dt.date | None = Field(default=None, ge=dt.date(1990, 1, 1), le=dt.date(2199, 12, 31))

    _check_timezone = field_validator("timezone")(known_timezone)
    _check_currency = field_validator("currency")(known_currency)


class Leads(Strict):
    """Deduplication: a further lead of the same person within the window of the first is a duplicate; 0 is off."""

    deduplicate_days: int = Field(default=90, ge=0, le=_CENTURY)
    phone_region: str | None = Field(default=None, pattern="^[A-Z]{2}$")


class Attribution(Strict):
    """Look-back in days before the deal closed, the model behind roas and roi, half-life in days of time decay."""

    lookback_days: int = Field(default=90, gt=0, le=_CENTURY)
    default_model: AttributionModel = "last_touch"
    half_life_days: Decimal = Field(default=Decimal(7), gt=0, le=_CENTURY)


class Economics(Strict):
    """Gross margin (share of revenue) where neither line nor deal knows its cost: one number, or one per product."""

    gross_margin: Decimal | dict[str, Decimal] = Decimal(1)

    @field_validator("gross_margin")
    @classmethod
    def _share(cls, value: Decimal | dict[str, Decimal]) -> Decimal | dict[str, Decimal]:
        for margin in value.values() if isinstance(value, dict) else [value]:
            if not Decimal(-10) <= margin <= 1:
                raise ValueError(f"gross margin {margin}: expected a share of revenue, at most 1")
        return value


class Customers(Strict):
    """Which ids of customers may be shown: `company` all, `person` none, `auto` codes without spaces."""

    id: CustomerIds = "auto"


class Check(Strict):
    """How one check differs from its default."""

    threshold: Decimal | None = Field(default=None, ge=-_LARGEST, le=_LARGEST)
    severity: Severity | None = None


class Publish(Strict):
    """How many published marts are kept for a rollback, and whether the mart is written as Parquet too.

    `lake`: the facts that stay as Parquet in the lake, of which the published file has views.
    """

    keep: int = Field(default=5, ge=1)
    parquet: bool = False
    lake: list[Annotated[str, Field(pattern="^fct_[a-z0-9_]+$")]] = []


class Archive(Strict):
    """How long copies of accepted extracts are kept (None: for ever, 0: none are), and whether of remote ones too."""

    keep_days: int | None = Field(default=None, ge=0)
    remote: bool = True


class Conversions(Strict):
    """Whether files for ad platforms may hold hashes of contacts where a deal has no click."""

    hashed_contacts: bool = False


class Settings(Strict):
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
    customers: Customers = Customers()
    sla_minutes: int = Field(default=60, gt=0, le=_CENTURY * 24 * 60)
    calendar: Calendar = Calendar()
    attribution: Attribution = Attribution()
    economics: Economics = Economics()
    checks: dict[str, Check] = {}
    findings: dict[str, Check] = {}
    publish: Publish = Publish()
    engine: Engine = Engine()
    history_from: dt.date = dt.date(1990, 1, 1)
    limits: Limits = Limits()
    archive: Archive = Archive()
    conversions: Conversions = Conversions()
    notify: Notify = Notify()

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
                data[name] = lists(data[name])
        if isinstance(data.get("stages"), Mapping):
            data["stages"] = {str(k): v for k, v in data["stages"].items()}
        return data

    @model_validator(mode="after")
    def _within_limits(self) -> "Settings":
        for number, sheet in enumerate(self.sheets):
            if sheet.formats.skip_rows > self.limits.skip_rows:
                raise ValueError(
                    f"sources.sheets[{number}].formats.skip_rows: {sheet.formats.skip_rows}; limits.skip_rows allows "
                    f"{self.limits.skip_rows:,}"
                )
        return self

    @property
    def warehouse_path(self) -> Path:
        """The working database; only the pipeline opens it."""
        return self.workspace / "warehouse.duckdb"

    @property
    def publish_path(self) -> Path:
        """Where a publication puts the mart; its name differs from the schema's, else `mart.kpi_total` is ambiguous."""
        return self.workspace / "published" / "funnelmart.duckdb"

    @property
    def storage(self) -> str:
        """Where the tables lie that Spark reads and builds: the path of a folder, or the URL of one in a bucket."""
        given = self.engine.storage
        return given if "://" in given else str(self.workspace / given)

    @property
    def lake_path(self) -> Path:
        """Folder below which the facts of `publish.lake` lie: the storage, or `lake` where that is a bucket."""
        return self.workspace / ("lake" if "://" in self.engine.storage else self.engine.storage)

    @property
    def former_path(self) -> Path:
        """Where marts were published before; the first publication under the name of now moves what is there."""
        return self.workspace / "published" / "mart.duckdb"

    @property
    def published_path(self) -> Path:
        """The mart that BI reads: under the former name where none was published under the one of now yet."""
        if self.former_path.exists() and not self.publish_path.exists():
            return self.former_path
        return self.publish_path

    @property
    def parquet_path(self) -> Path:
        """The mart as Parquet files, where `publish.parquet` asks for them."""
        return self.published_path.parent / "parquet"

    @property
    def archive_path(self) -> Path:
        """Folder of the accepted extracts, compressed, by their content: what the working database is made from."""
        return self.workspace / "archive"

    @property
    def reports_path(self) -> Path:
        """Folder of the KPI report, the dbt docs and the data docs."""
        return self.workspace / "reports"

    @property
    def state_path(self) -> Path:
        """Folder of what only the machine reads: dbt target, Dagster storage, lock, key."""
        return self.workspace / ".funnelmart"

    @property
    def temporary_path(self) -> Path:
        """Folder of what a run needs while it works, such as what did not fit into memory; empty between runs."""
        return self.state_path / "tmp"

    def today(self, now: dt.datetime) -> dt.date:
        """The reporting day: fixed by the settings, else `now` (aware) in the reporting zone."""
        return self.reporting.today or now.astimezone(ZoneInfo(self.reporting.timezone)).date()
