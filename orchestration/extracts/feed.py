"""A feed: one set of files for one raw table, with all that decides how they are read (registry and settings)."""

import hashlib
import json
from dataclasses import asdict, dataclass, field, replace

from orchestration.extracts.own_source import names_source, own_source
from orchestration.extracts.read.json_layout import JsonLayout
from orchestration.extracts.read.json_path import is_path, parse_path
from orchestration.extracts.source_specs import ColumnSpec, SourceSpec, TableSpec
from orchestration.extracts.sources import SHEETS
from orchestration.extracts.type.meant import meant_mappings, meant_values
from orchestration.settings import CustomerIds, Formats, Settings, Sheet, Unfold, key_fingerprint, mistake, near
from orchestration.settings.forgotten import Forgotten, read_forgotten

# Raise it when the same file would be read differently by newer code: everything is then read again.
READER_VERSION = 10
ROW_KEY = ("row",)


@dataclass(frozen=True)
class Feed:
    """How one set of files becomes rows of one raw table.

    `label` tells the feeds of one table apart: rows of one are never replaced by another. `fields` maps raw columns to
    columns of the file. `position` is the sheet's place in the settings, None for a connector. `owns_source`: the
    workspace doesn't say what system the rows come from, so that their source is made from the files' names.
    `reporting` is the report's currency, in which amounts are that nothing else tells.
    """

    table: TableSpec
    timezone: str
    label: str = ""
    position: int | None = None
    formats: Formats = field(default_factory=Formats)
    currency: str | None = None
    fields: dict[str, str] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)
    defaults: dict[str, str] = field(default_factory=dict)
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    where: dict[str, list[str]] = field(default_factory=dict)
    where_not: dict[str, list[str]] = field(default_factory=dict)
    unfold: Unfold | None = None
    drop_duplicates: bool = False
    owns_source: bool = False
    reporting: str = ""
    phone_region: str | None = None
    customers: CustomerIds = "auto"
    person_key: bytes = b""
    forgotten: Forgotten | None = None

    @property
    def is_sheet(self) -> bool:
        """Whether files are mapped by the workspace and not by the source's own columns."""
        return self.position is not None

    @property
    def all_defaults(self) -> dict[str, str]:
        """The sheet's defaults, and its currency where a row names none."""
        if self.is_sheet and self.currency and self.table.column("currency"):
            return {"currency": self.currency, **self.defaults}
        return self.defaults

    @property
    def expected(self) -> frozenset[str]:
        """Names (lower case) that the header is expected to have; they tell the right delimiter."""
        named = [
            *filter(None, self.fields.values()),
            *self.where,
            *self.where_not,
            *(self.unfold.columns if self.unfold else ()),
        ]
        named += [name for column in self.table.columns for name in (column.name, *column.aliases)]
        return frozenset(name.strip().lower() for name in named)

    @property
    def layout(self) -> JsonLayout:
        """Where records and values stand in nested JSON: as declared, and as the workspace's own fields say."""
        paths = {column.name: column.paths for column in self.table.columns if column.paths}
        own = {theirs: (parse_path(theirs),) for theirs in self.fields.values() if is_path(theirs)}
        columns = tuple(column.name for column in self.table.columns)
        return JsonLayout(self.table.records, {**paths, **own}, columns if self.table.records else ())

    def fingerprint(self) -> str:
        """Changes with whatever changes how a file is read; descriptions don't count."""
        said = asdict(replace(self, person_key=b"", position=None, formats=Formats(), unfold=None, forgotten=None))
        del said["owns_source"], said["forgotten"], said["reporting"]
        said["unfold"] = self.unfold.model_dump() if self.unfold else None
        said["table"] = {
            k: v for k, v in said["table"].items() if k not in ("description", "files", "columns", "formats")
        }
        if not self.table.totals:
            del said["table"]["totals"]
        said["table"]["records"] = [path.written for path in self.table.records]
        said["columns"] = [
            (c.name, c.data_type, c.personal, c.timezone, c.aliases, [path.written for path in c.paths])
            for c in self.table.columns
        ]
        said["formats"] = self.formats.model_dump()
        said["person_key"] = key_fingerprint(self.person_key)
        said["reader"] = READER_VERSION
        return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()


def connector_feed(settings: Settings, source: SourceSpec, table: TableSpec, person_key: bytes = b"") -> Feed:
    """The one feed of a connector's table: its columns by name, but for the fields that the workspace overrides."""
    configured = settings.sources[source.name]
    return Feed(
        table=table,
        timezone=configured.timezone or source.timezone or "UTC",
        formats=_formats(table.formats, configured.formats),
        currency=configured.currency,
        fields=overridden(settings, source).get(table.name, {}),
        phone_region=settings.leads.phone_region,
        customers=settings.customers.id,
        person_key=person_key,
        forgotten=read_forgotten(settings),
    )


def _formats(vendors: Formats, own: Formats) -> Formats:
    """How the vendor writes its files, but for what the workspace says."""
    return Formats.model_validate({**vendors.model_dump(exclude_unset=True), **own.model_dump(exclude_unset=True)})


def sheet_feeds(settings: Settings, table: TableSpec, person_key: bytes = b"") -> list[Feed]:
    """One feed for each sheet of the workspace that is mapped to the entity of `table`."""
    feeds: list[Feed] = []
    for position, sheet in enumerate(settings.sheets):
        if sheet.entity != table.name:
            continue
        label = " ".join(sheet.files)
        again = sum(feed.label.split("#")[0] == label for feed in feeds)
        key = ROW_KEY if sheet.key == "row" else tuple(sheet.key or table.key)
        records = (parse_path(sheet.formats.records),) if sheet.formats.records else ()
        by = tuple(sheet.replace_by) if isinstance(sheet.replace_by, list) else sheet.replace_by
        own = own_source(settings, position)
        newest = "updated_at" if table.column("updated_at") else None
        feeds.append(
            Feed(
                table=replace(
                    table,
                    key=key,
                    replace_by=by,
                    newest_by=table.newest_by or newest,
                    records=records,
                    columns=_in_zones(table, sheet),
                ),
                timezone=sheet.timezone or settings.reporting.timezone,
                label=f"{label}#{again + 1}" if again else label,
                position=position,
                formats=sheet.formats,
                currency=sheet.currency,
                fields=sheet.fields,
                constants=({} if "source" in sheet.fields else {"source": own})
                | meant_values(settings, position, "constants", table, sheet.constants),
                defaults=({"source": own} if "source" in sheet.fields else {})
                | meant_values(settings, position, "defaults", table, sheet.defaults),
                owns_source=not names_source(sheet) and own != SHEETS,
                reporting=settings.reporting.currency,
                values=meant_mappings(settings, position, table),
                where=sheet.where,
                where_not=sheet.where_not,
                unfold=sheet.unfold,
                drop_duplicates=sheet.exact_duplicates == "drop",
                phone_region=settings.leads.phone_region,
                customers=settings.customers.id,
                person_key=person_key,
                forgotten=read_forgotten(settings),
            )
        )
    return feeds


def _in_zones(table: TableSpec, sheet: Sheet) -> tuple[ColumnSpec, ...]:
    """The entity's columns, those in the zone that the sheet says of the column of the file that fills them."""
    zones = {theirs.strip().lower(): zone for theirs, zone in sheet.timezones.items()}
    return tuple(
        replace(column, timezone=zones.get(sheet.fields.get(column.name, column.name).strip().lower(), column.timezone))
        for column in table.columns
    )


def overridden(settings: Settings, source: SourceSpec) -> dict[str, dict[str, str]]:
    """Table -> raw column -> the workspace's own column, from `sources.<source>.fields`.

    A raw column says which canonical field it carries: `amount` in a table of entity deals, or `deals.amount`.

    Raises:
        SettingsError: a field that no raw column of the source carries.
    """
    carried = {
        name: (table.name, column.name)
        for table in source.tables.values()
        for column in table.columns
        if column.canonical
        for name in [
            column.canonical if "." in column.canonical else f"{table.entity or table.name}.{column.canonical}"
        ]
    }
    found: dict[str, dict[str, str]] = {}
    for name, theirs in settings.sources[source.name].fields.items():
        if name not in carried:
            expected = ", ".join(sorted(carried)) or "(this source has none that can be overridden)"
            raise mistake(
                settings,
                f"sources.{source.name}.fields.{name}",
                f"no such field; expected one of {expected}{near(name, carried)}",
            )
        table_name, column = carried[name]
        found.setdefault(table_name, {})[column] = theirs
    return found
